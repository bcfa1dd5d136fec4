// Where rows lie that trainings read, in a bucket that the stack does not make: its form as a setting, and the rights that go with it.

import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { z } from 'zod';
import { shortText } from './short-text.ts';

/** The template has room for so many characters, in each place where they stand. */
const MOST = 120;
const FORM =
  's3://BUCKET/PREFIX/, of letters, digits and ._=+@- between the slashes, which stand for themselves in a policy';

/** A folder of a bucket, or all of it where the prefix is empty. */
export interface TrainingInput {
  readonly bucket: string;
  /** Without a slash at its end. */
  readonly prefix: string;
}

export const trainingInput = z
  .string()
  .max(MOST, `at most ${MOST} characters`)
  .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w.=+@-]+)*\/?$/, FORM)
  .transform((text): TrainingInput => {
    const [bucket = '', ...folders] = text.replace(/^s3:\/\//, '').split('/');
    return { bucket, prefix: folders.filter((folder) => folder !== '').join('/') };
  });

export const addressOf = ({ bucket, prefix }: TrainingInput): string =>
  `s3://${bucket}/${prefix === '' ? '' : `${prefix}/`}`;

/** What is read, as ARNs: each object of the folder, and the folder's own name, which Spark asks for first and is to be told that it is no object. */
export function inputObjects({ bucket, prefix }: TrainingInput, partition: string): string[] {
  const all = `arn:${partition}:s3:::${bucket}/`;
  return prefix === '' ? [`${all}*`] : [`${all}${prefix}`, `${all}${prefix}/*`];
}

/** Lets whoever has it list the folder, and nothing beside it. */
export const listInput = ({ bucket, prefix }: TrainingInput, partition: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [shortText(`arn:${partition}:s3:::${bucket}`)],
    ...(prefix === '' ? {} : { conditions: { StringLike: { 's3:prefix': [prefix, `${prefix}/*`] } } }),
  });
