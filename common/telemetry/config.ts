import { type Environment, buildShape, defineConfig } from '../config';

const buildConfig = defineConfig('build', buildShape);

/** The version of this process. */
export function readBuild(environment: Environment = process.env) {
  return buildConfig.read(environment);
}
