export { readFaultSwitches, faultsConfig } from './config';
export { FAULT_KINDS, type FaultKind, type FaultParameters } from './fault-kinds';
export { faults, FaultSwitches, type FaultEffect, type FaultReport } from './fault-switches';
export { offerCommonFaults } from './effects';
export { dieByFault, sufferRequestFaults } from './suffer';
