import { BarChart, type BarSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  type GridComponentOption,
  type LegendComponentOption,
  type TooltipComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export type ChartOption = ComposeOption<
  BarSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

/** Draws into the element. The tooltip is drawn too: one of HTML would need styles that the page's policy forbids. */
export function draw(element: HTMLElement, option: ChartOption, dark: boolean): { resize(): void; dispose(): void } {
  const plot = init(element, dark ? 'dark' : undefined, { renderer: 'canvas' });
  plot.setOption({
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: getComputedStyle(element).fontFamily },
    ...option,
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' }, ...option.tooltip },
  });
  return { resize: () => plot.resize(), dispose: () => plot.dispose() };
}
