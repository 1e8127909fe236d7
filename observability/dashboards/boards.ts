import { aiCost } from './ai-cost';
import type { Board } from './board';
import { data } from './data';
import { gateway } from './gateway';
import { realtime } from './realtime';
import { school } from './school';
import { services } from './services';
import { slo } from './slo';
import { video } from './video';
import { workers } from './workers';

/** Every dashboard there is. */
export const BOARDS: readonly Board[] = [school, services, gateway, workers, realtime, video, aiCost, data, slo];
