/** Stands in for a chart whose page was left while its code was still loading: its elements are null by then. */
export const gone = { update() {}, dispose() {} };
