'use client';

import { useParams } from 'next/navigation';

import { MeetingRoom } from '../../../components/meeting/meeting-room';
import { SchoolPage } from '../../../components/school';
import './meeting.css';

/** One meeting, by the id in the address: whoever is given it can come. */
export default function MeetingPage() {
  const { id } = useParams<{ id: string }>();
  return <SchoolPage>{(client) => <MeetingRoom key={id} client={client} meetingId={id} />}</SchoolPage>;
}
