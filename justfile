# The commands of the README and of .ci/run, by name.

# The site, at http://127.0.0.1:8000/.
run:
    python3 -m venv .venv && .venv/bin/pip install --require-hashes -r requirements.lock && .venv/bin/python manage.py serve

# The tests.
test:
    python3 -m venv .venv && .venv/bin/pip install --require-hashes -r requirements-dev.lock && .venv/bin/python -m pytest

# What is quick to know before a commit.
check:
    .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/djlint templates --lint --quiet && .venv/bin/lint-imports && .venv/bin/python manage.py makemigrations --check --dry-run && .venv/bin/python manage.py check_content

# Everything that must hold before a change lands, on a bare Debian 12, as root.
ci:
    bash .ci/run

# Pictures and prints of every kind of page, to look at in FOLDER/index.html; needs Chromium.
gallery folder:
    .venv/bin/python -m tests.browser.gallery {{folder}}

# What Lighthouse says of the pages most come to; needs npm and Chromium.
lighthouse:
    .venv/bin/python -m tests.benchmarks.lighthouse

# What rests on the sanitiser, with nh3 alone: bleach gets no more releases.
without-bleach:
    SANITIZER=nh3 .venv/bin/python -m pytest tests/evidence tests/sweeps tests/library/test_rendering.py

# Every locked package with version, licence and hashes, as CycloneDX; FILE is written anew.
sbom file="var/sbom.json":
    .venv/bin/python manage.py sbom {{file}}

# Known holes of the locked packages; "not audited" where the advisory service cannot be reached.
audit:
    bash .ci/audit

# Branches that tests take where a fault costs most: rendering, rights, publishing, backup. At least 95 in 100.
coverage:
    .venv/bin/python -m coverage run -m pytest -n0 tests/evidence tests/text tests/library tests/accounts tests/operations tests/public tests/staff tests/editor tests/review
    .venv/bin/python -m coverage report
