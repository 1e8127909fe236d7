export { createScratchFolder } from './scratch-folder';
