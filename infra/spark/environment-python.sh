#!/bin/bash
# What Spark calls Python on EMR Serverless: the release's own, with the packages beside this file (infra/commands/emr/python-environment.ts).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
export PYTHONPATH="$here/packages${PYTHONPATH:+:$PYTHONPATH}"
exec python3.11 "$@"
