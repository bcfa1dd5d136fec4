#!/bin/bash
# The instance's role, for those who call AWS by curl: no agent, no library. Sourced by vitals.sh and run-one-job.sh.
set -euo pipefail

metadata=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}

# Something that the instance knows of itself.
imds() { # PATH
  local token
  token=$(curl -fsS --max-time 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/latest/api/token")
  curl -fsS --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$metadata/latest/meta-data/$1"
}

# Its credentials as a configuration that curl reads from standard input: what stands in an argument, every user can read.
role_credentials() {
  local path=iam/security-credentials/
  imds "$path$(imds "$path")" |
    jq -r '"user = \"\(.AccessKeyId):\(.SecretAccessKey)\"\nheader = \"X-Amz-Security-Token: \(.Token)\""'
}
