import { type Declaration, featuresOf } from './declaration.ts';
import { featureKindOf } from './kinds/index.ts';

/** The JSON Schema of a record: a value of each feature, null where it is not known. */
export function recordSchema(declaration: Declaration) {
  const features = featuresOf(declaration);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: declaration.title,
    type: 'object',
    properties: Object.fromEntries(
      features.map((column) => {
        const { name, title, description } = column;
        return [name, { title, description, ...featureKindOf(column).jsonSchema() }];
      }),
    ),
    required: features.map(({ name }) => name),
    additionalProperties: false,
  };
}
