/** A place in a picture, to a tenth of a pixel: what is finer cannot be seen, and makes files large. */
export const px = (place: number): number => Math.round(place * 10) / 10 || 0;
