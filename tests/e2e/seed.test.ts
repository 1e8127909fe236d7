import { seedSchool } from '../../scripts/seed/seed-school';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(180_000);

const PASSWORD = 'terakoya-demo';
const under = new SchoolUnderTest();

beforeAll(() => under.start());
afterAll(() => under.close());

test('a seed fills the school once: classes, pupils, lessons to come and notebooks that are read', async () => {
  const lines: string[] = [];
  const options = { url: await under.graphqlUrl(), password: PASSWORD, say: (line: string) => void lines.push(line) };
  expect(await seedSchool(options)).toEqual({ classes: 2, members: 5, lessons: 4, notebooks: 3 });
  expect(lines).toContain('lesson.pdf: 6 pages read');

  const pupil = await under.nobody();
  await pupil.signIn('pupil-3@demo.terakoya.school', PASSWORD);
  const { data } = await pupil.ask('{ myClasses { edges { node { name meetings { edges { node { title } } } } } } }');
  const lessons = (...titles: string[]) => ({ edges: titles.map((title) => ({ node: { title } })) });
  const classOf = (name: string, ...titles: string[]) => ({ node: { name, meetings: lessons(...titles) } });
  expect(data).toEqual({
    myClasses: {
      edges: expect.arrayContaining([
        classOf('Mathematics 7a', 'Percentages', 'Fractions'),
        classOf('Japanese 7a', 'Letters', 'A first poem'),
      ]),
    },
  });

  expect(await seedSchool(options)).toBeNull();
});
