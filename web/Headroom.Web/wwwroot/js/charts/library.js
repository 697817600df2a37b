// Loads ECharts once, from this server, when the first chart of a visit needs it.
const address = '/_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js';
let loading;

export function library() {
  return loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => resolve(window.echarts);
    script.onerror = () => { loading = undefined; reject(new Error('the chart library could not be loaded')); };
    document.head.append(script);
  });
}
