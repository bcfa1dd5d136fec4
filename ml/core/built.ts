/** Whether this code was built for a package, which lies below the node_modules of somebody else's project. */
export const isBuilt: boolean = import.meta.url.endsWith('.js');
