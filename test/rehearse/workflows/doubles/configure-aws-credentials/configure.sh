#!/usr/bin/env bash
# Gets credentials as the real one does, from the rehearsal's AWS for a role, and exports them to the steps that follow.
set -euo pipefail
: "${REGION:?Input required and not supplied: aws-region}"
if [ -n "$ROLE" ]; then
  printf 'configure-aws-credentials\t%s\trole\t%s\n' "$GITHUB_JOB" "$ROLE" >>"$REHEARSAL_LOG"
  read -r KEY SECRET token < <(AWS_REGION=$REGION aws sts assume-role-with-web-identity --role-arn "$ROLE" \
    --role-session-name GitHubActions --web-identity-token rehearsal --output text \
    --query 'Credentials.[AccessKeyId, SecretAccessKey, SessionToken]')
  echo "AWS_SESSION_TOKEN=$token" >>"$GITHUB_ENV"
else
  printf 'configure-aws-credentials\t%s\tkeys\t%s\n' "$GITHUB_JOB" "$KEY" >>"$REHEARSAL_LOG"
fi
: "${KEY:?Could not load credentials}" "${SECRET:?Could not load credentials}"
{
  echo "AWS_ACCESS_KEY_ID=$KEY"
  echo "AWS_SECRET_ACCESS_KEY=$SECRET"
  echo "AWS_REGION=$REGION"
  echo "AWS_DEFAULT_REGION=$REGION"
} >>"$GITHUB_ENV"
