import { scoreText } from '../selection/metric.ts';
import { brief, code, table } from './markdown.ts';
import { type Training, taskOfTraining } from './records.ts';

/** The model beside the release that was in use, on the same rows; nothing where they were not compared. */
export function besideChampion(training: Training): string {
  const { champion } = training;
  if (champion?.status !== 'compared') return '';
  const { release, challenger, champion: score, difference, interval, rows, of, tolerance } = champion;
  const { metrics, gate } = taskOfTraining(training);
  const metric = metrics.find(({ name }) => name === champion.metric) ?? gate.metric;
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${scoreText(metric, Math.abs(value))}`;
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
        metric.title,
        scoreText(metric, score),
        scoreText(metric, challenger),
        signed(difference),
        interval ? interval.map(signed).join(' to ') : '–',
        `${brief(tolerance)} worse`,
      ],
    ],
  );
}
