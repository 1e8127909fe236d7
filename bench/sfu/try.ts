import { findCores } from '../gateway/cores';
import { withSurroundings } from './surroundings';
import { startOurNode } from './nodes/our-node';
import { startBareNode } from './nodes/bare-node';
import { BenchRoom } from './room';
import { takeTurn, packetsPerCpuSecond, nodeCpu } from './turn';
const cores = findCores();
const size = Number(process.argv[2] ?? 4);
void withSurroundings(cores, console.log, async (around) => {
  for (const cryptoSuite of [null, 'AEAD_AES_128_GCM', 'AES_CM_128_HMAC_SHA1_80'] as const) {
  const ours = await startOurNode({ ...around, cores: cores?.gateway });
  const bare = await startBareNode({ ...around, cores: cores?.gateway });
  const began = Date.now();
  const rooms = [await BenchRoom.open(around, ours, { senders: size, isMutual: true, cryptoSuite }), await BenchRoom.open(around, bare, { senders: size, isMutual: true, cryptoSuite })];
  console.log('open', Date.now() - began);
  for (const room of rooms) await room.warmUp();
  for (let i = 0; i < 2; i++) for (const room of rooms) {
    const turn = await takeTurn(around, room, 6);
    console.log(cryptoSuite, room.node.name, JSON.stringify(turn), packetsPerCpuSecond(turn), nodeCpu(turn));
  }
  await ours.stop(); await bare.stop();
  }
}).then(() => process.exit(0), (e) => { console.error(e); process.exit(1); });
