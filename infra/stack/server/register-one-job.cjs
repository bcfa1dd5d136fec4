// What the function of runner=ephemeral does: registers a runner of the one repository for one job, and gives what that
// runner starts with (a just-in-time configuration). It alone may read GitHub's token, so that no job can.
//
// It stands in the template as it is, but for comments, indents and ends of lines; so each statement has its semicolon.
// Lambda has the AWS SDK.

const { GetSecretValueCommand, SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');

exports.handler = async () => {
  const { SECRET: SecretId, REPOSITORY } = process.env;
  const { SecretString } = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId }));
  const response = await fetch(`https://api.github.com/repos/${REPOSITORY}/actions/runners/generate-jitconfig`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${SecretString}` },
    // GitHub adds no labels of its own here; 1 is the group of a repository's runners.
    body: JSON.stringify({
      name: `plumbline-${Date.now()}`,
      runner_group_id: 1,
      labels: ['self-hosted', 'plumbline'],
    }),
  });
  const { encoded_jit_config, message } = await response.json();
  if (!response.ok) throw new Error(`GitHub answers ${response.status}: ${message}`);
  return { encoded_jit_config };
};
