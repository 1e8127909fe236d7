import type { SchoolClient } from '@terakoya/common/school-client';

import type { SchoolUnderTest } from '../../e2e/school-under-test';

/** Somebody's account as browsers have it. */
export interface SignedIn {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
}

/** Signs somebody in or up without a client, for those who need the tokens themselves. */
export async function enterSchool(
  under: SchoolUnderTest,
  mutation: 'signIn' | 'signUp',
  type: 'SignInInput' | 'SignUpInput',
  input: object,
): Promise<SignedIn> {
  const nobody = await under.nobody();
  const { data } = await nobody.ask<Record<string, SignedIn | undefined>>(
    `mutation In($input: ${type}!) { ${mutation}(input: $input) { accessToken accessTokenExpiresAt refreshToken } }`,
    { input },
  );
  const account = data[mutation];
  if (!account) throw new Error(`${mutation} gave no account.`);
  return account;
}

/** A class, and who is in it. */
export interface SchoolClass {
  readonly teacher: SchoolClient;
  readonly pupils: readonly SchoolClient[];
}

/** A teacher opens a class, and pupils who have just signed up come into it. */
export async function openClass(under: SchoolUnderTest, pupils: number): Promise<SchoolClass> {
  const teacher = await under.nobody();
  await teacher.signIn('teacher@demo.terakoya.school', 'terakoya-demo');
  const { data } = await teacher.ask<{ createClass: { invitationCode: string } }>(
    'mutation CreateClass($input: CreateClassInput!) { createClass(input: $input) { invitationCode } }',
    { input: { name: 'Biology' } },
  );
  const { invitationCode } = data.createClass;
  const joined: SchoolClient[] = [];
  for (let number = 0; number < pupils; number += 1) {
    const pupil = await under.newPupil();
    await pupil.ask('mutation JoinClass($input: JoinClassInput!) { joinClass(input: $input) { id } }', {
      input: { invitationCode },
    });
    joined.push(pupil);
  }
  return { teacher, pupils: joined };
}
