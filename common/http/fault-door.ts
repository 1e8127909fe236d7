import type { Secret } from '../config';
import { faults, offerCommonFaults } from '../faults';
import { createFaultEndpoint } from './fault-endpoint';

let door: ReturnType<typeof createFaultEndpoint> | undefined;

/** Lets this process be broken on purpose by whoever holds the secret. Without this call there is no `/faults`. */
export function installFaultDoor(secret: Secret, redisUrl: string | undefined): void {
  offerCommonFaults(faults, redisUrl);
  door = createFaultEndpoint(secret);
}

/** The handler of `/faults`; undefined where there are no fault switches. */
export function openFaultDoor(): typeof door {
  return door;
}
