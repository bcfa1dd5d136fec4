import { z } from 'zod';

/** What a cell of a file says: spaces around it do not count, nor whether an accented letter is one character or two. */
export const cellTextOf = (text: string) => text.trim().normalize();

/** A text that a cell may say. */
export const cellText = z
  .string()
  .min(1)
  .refine((text) => text === text.trim(), 'must not start or end with a space')
  // An accented letter is one character or two, and looks the same.
  .normalize('NFC');
