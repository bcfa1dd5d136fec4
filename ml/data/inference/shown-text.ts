import { clip } from '../../core/short-list.ts';

/** A text of a file in a sentence. */
export const shownText = (text: string): string => JSON.stringify(clip(text, 40));
