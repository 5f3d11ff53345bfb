import type { ChartOption } from './plot';

const GREEN = '#2f9e68';
const GREY = '#8fa398';
const GOLD = '#b7791f';

/** Longer names break into lines, so that bars keep their room on a telephone too. */
const LABEL = 130;

const grid = { left: 8, right: 40, top: 32, bottom: 8, containLabel: true };
const whole = { type: 'value' as const, minInterval: 1 };

/** Bars that lie, longest names at the left; the first of the list stands at the top. */
export const lying = (rows: readonly { name: string; value: number }[]): ChartOption => ({
  grid: { ...grid, top: 8 },
  xAxis: whole,
  yAxis: {
    type: 'category',
    inverse: true,
    data: rows.map((r) => r.name),
    axisLabel: { width: LABEL, overflow: 'break' },
  },
  series: [
    {
      type: 'bar',
      barMaxWidth: 22,
      itemStyle: { color: GREEN },
      label: { show: true, position: 'right' },
      data: rows.map((r) => r.value),
    },
  ],
});

export interface Line {
  name: string;
  values: readonly number[];
}

/** Several series side by side over months. */
export const monthly = (months: readonly string[], lines: readonly [Line, Line]): ChartOption => ({
  grid,
  legend: { top: 0 },
  xAxis: { type: 'category', data: [...months] },
  yAxis: whole,
  series: lines.map(({ name, values }, n) => ({
    type: 'bar',
    name,
    stack: 'all',
    barMaxWidth: 28,
    itemStyle: { color: n === 0 ? GREEN : GOLD },
    data: [...values],
  })),
});

/** Reached shares beside their goals, in percent. */
export const shares = (
  rows: readonly { name: string; share: number; goal: number }[],
  words: { share: string; goal: string },
): ChartOption => ({
  grid: { ...grid, right: 64 },
  legend: { top: 0 },
  xAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value}%' } },
  yAxis: { type: 'category', inverse: true, data: rows.map((r) => r.name) },
  series: [
    {
      type: 'bar',
      name: words.share,
      barMaxWidth: 22,
      itemStyle: { color: GREEN },
      label: { show: true, position: 'right', formatter: '{c}%' },
      data: rows.map((r) => r.share),
    },
    {
      type: 'bar',
      name: words.goal,
      barMaxWidth: 22,
      itemStyle: { color: GREY },
      label: { show: true, position: 'right', formatter: '{c}%' },
      data: rows.map((r) => r.goal),
    },
  ],
});
