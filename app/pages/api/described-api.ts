// What the page reads of the OpenAPI document: it is made from that, as any client would be.

import { z } from 'zod';
import type { JsonSchema } from '../../api/client/schema-type.ts';

const isObject = (value: unknown) => typeof value === 'object' && value !== null;
const anySchema = z.record(z.string(), z.unknown());
const contentSchema = z.record(z.string(), z.object({ schema: anySchema }));

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  description: z.string().default(''),
  schema: z.object({ enum: z.array(z.string()).default([]), default: z.string().optional() }),
});

const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string().optional(),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: contentSchema.default({}) })),
});

export const describedApiSchema = z.object({
  info: z.object({ title: z.string(), version: z.string(), summary: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), z.custom<JsonSchema>(isObject)) }),
});

export type DescribedOperation = z.infer<typeof operationSchema>;
export type DescribedContent = z.infer<typeof contentSchema>;
export type DescribedSchema = z.infer<typeof anySchema>;
