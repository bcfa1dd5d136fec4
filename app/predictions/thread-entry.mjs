// What piscina starts. It asks for this by its path, and what is asked for so Node keeps no compiled code of; thread.ts has an address.
export * from './thread.ts';
