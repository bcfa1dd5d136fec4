#!/bin/bash
# Takes away what a job has left: its work folder, its home, and the registration, which was good for that job alone. The
# unit actions-runner runs it as root before each job, where runner=ephemeral.
set -euo pipefail

cd /opt/actions-runner
rm -rf _work .runner .credentials .credentials_rsaparams
find /home/runner -mindepth 1 -delete
cp -R /root/.docker /home/runner/
chown -R runner:runner /home/runner/.docker
