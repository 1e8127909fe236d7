import { VendorCalls1764000000003 } from './1764000000003-vendor-calls';

export const migrations = [VendorCalls1764000000003];
