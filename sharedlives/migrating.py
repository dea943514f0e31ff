"""Steps of a migration that are taken together.

After each step Django draws up anew every model that is connected with the one it touched, and here all models are.
On an empty database that took nine tenths of the time of `migrate`. See docs/adr/0018-steps-of-a-migration-together.md.
"""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Operations between which nobody needs to see the models: these are drawn up once, after the last of them.

    No operation in it may change a model that another one in it makes: the table would be made as it is at the end,
    and then changed once more. What reads rows (`RunPython`, `RunSQL`) stands outside.
    """

    reduces_to_sql = True

    def __init__(self, operations):
        self.operations = operations

    @property
    def reversible(self):
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # a cached property: drawn up again when it is next asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)
