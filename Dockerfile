# One image for web, worker, clock and migrations. Built and started by docker-compose.yml.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1

# what PDFs need; everything else comes with the pinned packages
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 hearthkeep

WORKDIR /srv/hearthkeep
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt
COPY . .

# Collecting needs settings but no database: these values live for this one step and stay in no layer.
RUN SECRET_KEY=only-to-collect-static-files DATABASE_URL=postgres://none@localhost/none \
    python manage.py collectstatic --noinput -v0

USER hearthkeep
EXPOSE 8000
CMD ["gunicorn", "sharedlives.wsgi:application", "--config=deploy/gunicorn.conf.py", "--bind=0.0.0.0:8000", "--workers=3"]
