import { tellCollections } from '../index.ts';

tellCollections();
setInterval(() => Array.from({ length: 200_000 }, (_, index) => ({ index })), 10);
