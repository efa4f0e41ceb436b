#!/usr/bin/env bash
# Writes image.lock: what the container installs, in the versions of requirements.lock, each with the hashes of its
# wheels. Run it after a version in requirements.lock has changed; needs uv (https://docs.astral.sh/uv) and the index.
set -euo pipefail
cd "$(dirname "$0")/.."
{
    echo "# What the container installs, by hash (pip install --require-hashes). Written by tools/lock_image.sh."
    # What builds is pinned too; it does not stay in the image.
    echo "setuptools>=77" | uv pip compile pyproject.toml - -c requirements.lock --python-version 3.11 \
        --python-platform linux --only-binary :all: --generate-hashes --no-annotate --no-header --quiet
} >image.lock.new
mv image.lock.new image.lock
