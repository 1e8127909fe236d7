import type { z } from 'zod';

import type { Viewer } from '@terakoya/common/auth';
import {
  type MediaCommand,
  type MediaRequest,
  type MediaResponse,
  dtlsParametersSchema,
  mediaCommands,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  sctpStreamParametersSchema,
} from '@terakoya/common/contracts';
import { BadInputError, ForbiddenError, NotFoundError, isSchoolError } from '@terakoya/common/errors';
import type { MediaControl } from '@terakoya/common/media-control';

import type { MeetingWork, Scope } from '../meeting/meeting-work';
import { maySend } from '../participant/permissions.policy';
import { beginChapter } from '../recording/chapters';
import { tellMeeting } from '../telling';
import { layerOf } from './layers.policy';
import type { MediaSession, MediaSessions } from './media-sessions';
import { roomId } from './effects';
import { roomRepository } from './room.repository';
import type { TrackEntity } from './track.entity';
import { trackRepository } from './track.repository';
import { closeTracks, pauseTracks } from './tracks';

/** What became of the tracks that were asked for. */
export interface Consumed extends MediaResponse<typeof mediaCommands.consume> {
  readonly tracks: readonly TrackEntity[];
}

/** What a participant sends. */
export interface NewTrack {
  readonly transportId: string;
  readonly source: TrackEntity['source'];
  readonly rtpParameters: unknown;
  readonly isPaused: boolean;
}

/** How large a consumer is shown; a height of 0 is not at all. */
export interface Tile {
  readonly consumerId: string;
  readonly height: number;
}

/**
 * What participants signal about their media, each with the ticket of their session. Errors of the node arrive with its
 * own codes; TICKET_INVALID and MEDIA_MOVED tell that the session is over.
 */
export class SignallingService {
  constructor(
    private readonly sessions: MediaSessions,
    private readonly work: MeetingWork,
    private readonly media: MediaControl,
  ) {}

  async openTransport(viewer: Viewer | null, ticket: string, direction: 'SEND' | 'RECEIVE') {
    return this.#tell(await this.sessions.of(viewer, ticket), mediaCommands.openTransport, { direction });
  }

  async connectTransport(viewer: Viewer | null, ticket: string, transportId: string, given: unknown): Promise<void> {
    const dtlsParameters = parsed('dtlsParameters', dtlsParametersSchema, given);
    const session = await this.sessions.of(viewer, ticket);
    await this.#tell(session, mediaCommands.connectTransport, { transportId, dtlsParameters });
  }

  async restartIce(viewer: Viewer | null, ticket: string, transportId: string) {
    const session = await this.sessions.of(viewer, ticket);
    return (await this.#tell(session, mediaCommands.restartIce, { transportId })).iceParameters;
  }

  /** Begins to send; FORBIDDEN when the participant may not send what comes from that source. */
  async produce(viewer: Viewer | null, ticket: string, track: NewTrack): Promise<TrackEntity> {
    const rtpParameters = parsed('rtpParameters', rtpParametersSchema, track.rtpParameters);
    const session = await this.sessions.of(viewer, ticket);
    if (!maySend(session.permissions, track.source)) throw mayNotSend(track.source);
    const { transportId, source, isPaused } = track;
    const kind = source === 'CAMERA' || source === 'SCREEN' ? 'video' : 'audio';
    const { producerId } = await this.#tell(session, mediaCommands.produce, {
      transportId,
      kind,
      source,
      rtpParameters,
      isPaused,
    });
    try {
      return await this.#keep(session, { id: producerId, kind, source, isPaused });
    } catch (error) {
      await this.#tell(session, mediaCommands.closeProducer, { producerId }).catch(() => undefined); // it is told why below
      throw error;
    }
  }

  /** Pauses or resumes a track of one's own; FORBIDDEN to resume what one may not send. */
  setPaused(viewer: Viewer | null, ticket: string, trackId: string, isPaused: boolean): Promise<TrackEntity> {
    return this.#withOwn(viewer, ticket, trackId, async (scope, session, track) => {
      if (!isPaused && !maySend(session.permissions, track.source)) throw mayNotSend(track.source);
      const [changed] = await pauseTracks(scope, [track], isPaused);
      return changed ?? track;
    });
  }

  /** Ends a track of one's own. */
  async close(viewer: Viewer | null, ticket: string, trackId: string): Promise<void> {
    await this.#withOwn(viewer, ticket, trackId, (scope, _session, track) => closeTracks(scope, [track]));
  }

  /**
   * Begins to receive tracks of the same meeting; those that are not in it, or are over, are refused one by one. Paused
   * ones are resumed with `setConsumersPaused`.
   */
  async consume(
    viewer: Viewer | null,
    ticket: string,
    input: {
      readonly transportId: string;
      readonly trackIds: readonly string[];
      readonly rtpCapabilities: unknown;
      readonly isPaused: boolean;
    },
  ): Promise<Consumed> {
    const rtpCapabilities = parsed('rtpCapabilities', rtpCapabilitiesSchema, input.rtpCapabilities);
    const session = await this.sessions.of(viewer, ticket);
    const { meeting } = session;
    const tracks = await this.#liveTracks(meeting.id, input.trackIds);
    const known = new Set(tracks.map(({ id }) => id));
    const refused = input.trackIds.filter((id) => !known.has(id)).map(refusal);
    if (tracks.length === 0) return { consumers: [], refused, tracks };
    const { transportId } = input;
    const answer = await this.#tell(session, mediaCommands.consume, {
      transportId,
      rtpCapabilities,
      producers: await this.#producersOf(session, tracks),
    });
    const consumerIds = answer.consumers.map(({ consumerId }) => consumerId);
    if (!input.isPaused && consumerIds.length > 0) {
      await this.#tell(session, mediaCommands.setConsumersPaused, { consumerIds, isPaused: false });
    }
    return { ...answer, refused: [...refused, ...answer.refused], tracks };
  }

  async setConsumersPaused(viewer: Viewer | null, ticket: string, consumerIds: string[], isPaused: boolean) {
    const session = await this.sessions.of(viewer, ticket);
    await this.#tell(session, mediaCommands.setConsumersPaused, { consumerIds, isPaused });
  }

  async closeConsumers(viewer: Viewer | null, ticket: string, consumerIds: string[]): Promise<void> {
    await this.#tell(await this.sessions.of(viewer, ticket), mediaCommands.closeConsumers, { consumerIds });
  }

  async setPreferredLayers(
    viewer: Viewer | null,
    ticket: string,
    layers: { readonly consumerId: string; readonly spatialLayer: number; readonly temporalLayer: number | null },
  ): Promise<void> {
    await this.#tell(await this.sessions.of(viewer, ticket), mediaCommands.setPreferredLayers, layers);
  }

  async setConsumerPriority(viewer: Viewer | null, ticket: string, consumerId: string, priority: number) {
    await this.#tell(await this.sessions.of(viewer, ticket), mediaCommands.setConsumerPriority, {
      consumerId,
      priority,
    });
  }

  async requestKeyFrame(viewer: Viewer | null, ticket: string, consumerId: string): Promise<void> {
    await this.#tell(await this.sessions.of(viewer, ticket), mediaCommands.requestKeyFrame, { consumerId });
  }

  /**
   * Sends what is seen in the size it is seen, and nothing of what is not: bandwidth goes to what is looked at. Without tiles
   * the node is told that the participant is there.
   */
  async showTiles(viewer: Viewer | null, ticket: string, tiles: readonly Tile[]): Promise<void> {
    const session = await this.sessions.of(viewer, ticket);
    if (tiles.length === 0) return void (await this.#tell(session, mediaCommands.stayInRoom, {}));
    const [seen, hidden] = [tiles.filter(({ height }) => height > 0), tiles.filter(({ height }) => height <= 0)];
    const pause = (some: readonly Tile[], isPaused: boolean) => {
      const consumerIds = some.map(({ consumerId }) => consumerId);
      return consumerIds.length > 0
        ? [this.#tell(session, mediaCommands.setConsumersPaused, { consumerIds, isPaused })]
        : [];
    };
    const layers = seen.map(({ consumerId, height }) =>
      this.#tell(session, mediaCommands.setPreferredLayers, { consumerId, ...layerOf(height) }).catch(unlessGone),
    );
    await Promise.all([...layers, ...pause(seen, false), ...pause(hidden, true)]);
  }

  async produceData(viewer: Viewer | null, ticket: string, transportId: string, label: string, given: unknown) {
    const sctpStreamParameters = parsed('sctpStreamParameters', sctpStreamParametersSchema, given);
    const session = await this.sessions.of(viewer, ticket);
    if (!session.permissions.mayChat) throw new ForbiddenError('You may not send data in this meeting.');
    const request = { transportId, label, sctpStreamParameters };
    return (await this.#tell(session, mediaCommands.produceData, request)).dataProducerId;
  }

  async consumeData(viewer: Viewer | null, ticket: string, transportId: string, dataProducerId: string) {
    const session = await this.sessions.of(viewer, ticket);
    return this.#tell(session, mediaCommands.consumeData, { transportId, dataProducerId });
  }

  #tell<C extends MediaCommand>(
    { room, ids }: MediaSession,
    command: C,
    request: Omit<MediaRequest<C>, 'room' | 'peer'>,
  ): Promise<MediaResponse<C>> {
    return this.media.command(room.controlUrl, command, { ...ids, ...request } as MediaRequest<C>); // the ids are what was left out
  }

  /** Where the tracks are sent to: what is on another node of the meeting comes through a pipe. */
  async #producersOf({ room, meeting }: MediaSession, tracks: readonly TrackEntity[]) {
    const nodeIds = new Set(tracks.map(({ nodeId }) => nodeId));
    const rooms = await roomRepository.findMany(this.sessions.manager, meeting.id, [...nodeIds]);
    const homes = new Map(rooms.map((home) => [home.nodeId, { controlUrl: home.controlUrl, room: roomId(home) }]));
    return tracks.map(({ id: producerId, nodeId }) => ({
      producerId,
      home: nodeId === room.nodeId ? null : (homes.get(nodeId) ?? null),
    }));
  }

  #liveTracks(meetingId: string, ids: readonly string[]): Promise<TrackEntity[]> {
    return trackRepository.findLiveMany(this.sessions.manager, meetingId, ids);
  }

  /** The session may have ended, and the permission with it, while the node was told. */
  #keep(
    { ticket }: MediaSession,
    produced: Pick<TrackEntity, 'id' | 'kind' | 'source' | 'isPaused'>,
  ): Promise<TrackEntity> {
    const { meetingId, participantId, sessionId, nodeId } = ticket;
    return this.work.run(meetingId, async ({ manager }) => {
      const { permissions } = await this.sessions.still(manager, ticket);
      if (!maySend(permissions, produced.source)) throw mayNotSend(produced.source);
      const track = { ...produced, meetingId, participantId, sessionId, nodeId, startedAt: new Date(), endedAt: null };
      await trackRepository.insert(manager, track);
      if (track.source === 'SCREEN') await beginChapter(manager, meetingId, 'Shared screen');
      await tellMeeting(manager, meetingId, 'TRACK_STARTED', { participantId, trackId: track.id });
      return track;
    });
  }

  async #withOwn<T>(
    viewer: Viewer | null,
    text: string,
    trackId: string,
    work: (scope: Scope, session: MediaSession, track: TrackEntity) => Promise<T>,
  ): Promise<T> {
    const { ticket } = await this.sessions.of(viewer, text);
    return this.work.run(ticket.meetingId, async (scope) => {
      const session = await this.sessions.still(scope.manager, ticket);
      const track = await trackRepository.findLive(scope.manager, ticket.meetingId, trackId);
      if (track?.sessionId !== ticket.sessionId) throw new NotFoundError('track', trackId);
      return work(scope, session, track);
    });
  }
}

function parsed<S extends z.ZodType>(field: string, schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new BadInputError([field, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'breaks a rule', result.error);
}

/** A tile may be of a track that has just ended. */
function unlessGone(error: unknown): void {
  if (!isSchoolError(error) || error.code !== 'NOT_FOUND') throw error;
}

function mayNotSend(source: TrackEntity['source']): ForbiddenError {
  return new ForbiddenError(`You may not send from ${source} in this meeting.`);
}

function refusal(producerId: string): Consumed['refused'][number] {
  const { code, message } = new NotFoundError('track', producerId);
  return { producerId, code, message };
}
