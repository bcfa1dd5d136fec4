import { z } from 'zod';

/** A recipe for features that are made from columns, as a candidate names it: plain data. */
export const recipeSchema = z.object({ recipe: z.string() });
export type Recipe = z.infer<typeof recipeSchema>;
