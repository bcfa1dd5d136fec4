import { brief, code, decimals, table } from './markdown.ts';
import { type Training, taskOfTraining } from './records.ts';

/** The model beside the release that was in use, on the same rows; nothing where they were not compared. */
export function besideChampion(training: Training): string {
  const { champion } = training;
  if (champion?.status !== 'compared') return '';
  const { release, challenger, champion: score, difference, interval, rows, of, tolerance } = champion;
  const { metrics, gate } = taskOfTraining(training);
  const { title, digits } = metrics.find(({ name }) => name === champion.metric) ?? gate.metric;
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
  const right = 'right' as const;
  return table(
    [
      { title: `on ${rows === of ? 'the' : `${rows} of`} ${of} held-out rows` },
      { title: `in use, ${code(release)}`, align: right },
      { title: 'this model', align: right },
      { title: 'difference', align: right },
      { title: '95 % confidence', align: right },
      { title: 'tolerated', align: right },
    ],
    [
      [
        title,
        decimals(score, digits),
        decimals(challenger, digits),
        signed(difference),
        interval ? interval.map(signed).join(' to ') : '–',
        `${brief(tolerance)} worse`,
      ],
    ],
  );
}
