import { layerOf } from './layers.policy';

test.each([
  [60, 0, 1],
  [180, 0, null],
  [200, 1, null],
  [361, 2, null],
  [2_160, 2, null],
])('a picture of %d lines is sent in layer %d, frames %s', (height, spatialLayer, temporalLayer) => {
  expect(layerOf(height)).toEqual({ spatialLayer, temporalLayer });
});
