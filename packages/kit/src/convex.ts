/** The Convex deployment as the application itself sees it. */
export { type ConvexWatch, type ConvexWatchOptions, watchConvex } from './convex/watch-convex.ts';
