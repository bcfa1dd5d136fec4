/** What decides between models that are about as good: the score alone, that it is simple, or that it predicts fast. */
export const preferences = ['accurate', 'simple', 'fast'] as const;
export type Preference = (typeof preferences)[number];
