/** The header by which an answer tells the id of its request, under which the log has it. */
export const REQUEST_ID = 'X-Request-Id';
