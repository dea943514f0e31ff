"""Lists the benchmarks: each with the first line of what it says about itself."""

import ast

from .stack import ROOT


def benchmarks(folder):
    """Name and first docstring line of each module that `./bench` can run; names with an underscore
    are their helpers.
    """
    for path in sorted(folder.glob("[!_]*.py")):
        told = ast.get_docstring(ast.parse(path.read_text())) or ""
        yield path.stem, told.split("\n", 1)[0]


if __name__ == "__main__":
    for name, told in benchmarks(ROOT / "benchmarks"):
        print(f"./bench {name:<12} {told}")
