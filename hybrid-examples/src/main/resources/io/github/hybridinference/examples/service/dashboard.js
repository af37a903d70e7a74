"use strict";
const SOURCES = ["local", "cache", "remote", "fallback"];
const TONES = { healthy: "good", degraded: "warn", unhealthy: "bad", disabled: "off" };
const GUIDE = "https://github.com/hybrid-inference/hybrid-inference/blob/main/docs/guide.md#";
const POLL_MS = 2000, HIDDEN_POLL_MS = 10000, TIMEOUT_MS = 4000, DAY_MS = 86400000;
const $ = id => document.getElementById(id);
const el = (name, props = {}, ...children) => {
  const node = Object.assign(document.createElement(name), props);
  node.append(...children);
  return node;
};
const tone = (node, name) => { node.style.setProperty("--tone", `var(--${name})`); return node; };
const cell = (scope, text, className = "") => el("th", { scope, textContent: text, className });
const whole = n => Math.round(n).toLocaleString("en");
const percent = n => n.toFixed(1) + " %";
const usd = n => "$" + (n === 0 ? "0" : n >= 100 ? n.toFixed(2) : n >= 0.01 ? n.toFixed(3) : n.toFixed(5));
const ms = n => n === 0 ? "–" : n < 0.1 ? (n * 1000).toFixed(1) + " µs" : n < 10 ? n.toFixed(2) + " ms" : n < 1000 ? n.toFixed(0) + " ms" : (n / 1000).toFixed(2) + " s";
const words = name => name.toLowerCase().replaceAll("_", " ");
const span = s => s < 90 ? Math.round(s) + " s" : s < 5400 ? Math.round(s / 60) + " min" : s < 172800 ? Math.round(s / 3600) + " h" : Math.round(s / 86400) + " days";
const clock = at => new Date(at).toLocaleTimeString("en-GB");
const shortClock = at => clock(at).slice(0, 5);
const pace = n => (n >= 100 ? whole(n) : n >= 1 ? n.toFixed(1) : n.toFixed(2)) + "/s";
const sum = list => list.reduce((a, b) => a + b, 0);
/** A sentence of the health report, with times of day, and without the name of a method that the page has a button for. */
const readable = why => why.replace(INSTANT, at => clock(at)).replace("resumeRemote() is called", "it is resumed");
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

// What the page knows. Ages count from when data arrived, by the monotonic clock: the browser's own clock may be wrong.
let last = null, timer = 0, arrived = 0, silentSince = null, windowName = "15m", chart = null, chartTone = "", held = null, frozen = 0;

// ---- changing as little as possible, so that what a reader has selected stays selected

const set = (id, text) => { const node = $(id); if (node.textContent !== text) node.textContent = text; };
const drawn = {};

function isSelected(node) {
  const selection = getSelection();
  return !selection.isCollapsed && selection.rangeCount > 0 && selection.getRangeAt(0).intersectsNode(node);
}

/** Draws a part of the page when its data changed, and not while something in it is selected; a focused link stays so. */
function part(id, data, render) {
  const text = JSON.stringify(data), node = $(id);
  if (drawn[id] === text || isSelected(node)) return;
  const focused = node.contains(document.activeElement) ? document.activeElement.href : null;
  drawn[id] = text;
  node.replaceChildren(...render());
  if (focused) [...node.querySelectorAll("a")].find(a => a.href === focused)?.focus();
}

/** A link to the guide's entry: of a degradation ("cause"), of a failed request ("failure") or of an unusable reply ("reply"). */
function guide(cause, kind = "cause") {
  return el("a", { href: GUIDE + kind + "-" + cause.toLowerCase().replaceAll("_", "-"), textContent: "guide", target: "_blank", rel: "noopener", ariaLabel: "the guide on " + words(cause) });
}

// ---- the chart

function color(name) { return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(); }

/** Rates for every step of the window, the last one over the seconds that have passed of it. */
function rates(data) {
  const view = data.windows.find(w => w.name === windowName), step = view.step_ms;
  const end = Math.floor(data.time / step) * step, begin = end - (view.length - 1) * step;
  const at = Array.from({ length: view.length }, (_, i) => (begin + i * step) / 1000);
  const bySource = SOURCES.map(() => new Array(view.length).fill(0));
  for (const [beginning, ...counts] of view.steps) {
    const seconds = beginning === end ? Math.max(1000, data.time - end) / 1000 : step / 1000;
    const slot = (beginning - begin) / step;
    if (slot >= 0 && slot < view.length) view.sources.forEach((source, i) => { bySource[SOURCES.indexOf(source)][slot] = counts[i] / seconds; });
  }
  return { at, bySource, step };
}

function drawChart(data) {
  const { at, bySource, step } = rates(data), node = $("chart");
  const stacked = bySource.map((_, i) => at.map((_, slot) => sum(bySource.slice(0, i + 1).map(s => s[slot]))));
  const key = windowName + color("card");
  if (chart && (chartTone !== key || chart.width !== node.clientWidth)) { chart.destroy(); chart = null; }
  const columns = [at, ...stacked.toReversed()]; // the highest first: the others cover its lower part
  if (chart) {
    chart.rates = bySource;
    chart.setData(columns);
  } else {
    chartTone = key;
    const axis = { stroke: color("soft"), grid: { stroke: color("line"), width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
    chart = new uPlot({
      width: node.clientWidth, height: 200, legend: { show: false }, padding: [8, 18, 0, 0],
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: { x: { range: (u, low, high) => [low, high + step / 1000] }, y: { range: (u, low, high) => [0, Math.max(0.4, high * 1.1)] } },
      axes: [{ ...axis, values: (u, ticks) => ticks.map(t => step < 30000 && t % 60 ? clock(t * 1000) : shortClock(t * 1000)), space: 70, size: 28 }, { ...axis, size: 42, values: (u, ticks) => ticks.map(n => n >= 1000 ? n / 1000 + "k" : String(n)) }],
      series: [{}, ...SOURCES.toReversed().map(s => ({ fill: color(s), width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.82, 100], align: 1 }) }))],
      hooks: { draw: [markPartial], setCursor: [u => showPoint(u.cursor.idx)] },
    }, columns, node);
    chart.rates = bySource;
  }
  const now = sum(bySource.map(s => s.at(-1)));
  node.setAttribute("aria-label", `Requests per second by source over ${windowName}; in the current step ${pace(now)}`);
  showPoint(chart.cursor.idx);
}

/** The last step is not over: it is drawn pale. */
function markPartial(u) {
  const step = u.data[0][1] - u.data[0][0], begin = u.data[0].at(-1);
  const left = u.valToPos(begin, "x", true), right = u.valToPos(begin + step, "x", true);
  u.ctx.save();
  u.ctx.globalAlpha = 0.55;
  u.ctx.fillStyle = color("card");
  u.ctx.fillRect(left, u.bbox.top, right - left, u.bbox.height);
  u.ctx.restore();
}

function showPoint(index) {
  if (!chart || !chart.rates) return;
  const times = chart.data[0];
  if (index == null || index >= times.length) { set("point", "The pale last bar is not complete. Point at a bar for its figures."); return; }
  const partial = index === times.length - 1 ? ", so far" : "";
  set("point", clock(times[index] * 1000) + partial + ": " + SOURCES.map((s, i) => `${s} ${pace(chart.rates[i][index])}`).join(", "));
}

// ---- figures

function drawTop({ stats, now, spending, incident, time }) {
  const share = now.complex ? 100 * now.fallbacks / now.complex : 0;
  set("fallback", now.complex ? percent(share) : "–");
  tone($("fallback"), share >= 10 ? "bad" : share > 0 ? "warn" : "ink");
  set("fallbacksub", now.complex ? `${whole(now.fallbacks)} of ${whole(now.complex)} complex scenarios` : "no complex scenario");
  set("p99", now.p99_ms == null ? "–" : ms(now.p99_ms));
  set("p99sub", now.requests ? `of ${whole(now.requests)} requests` : "no request");
  const { cap_usd: cap, spent_usd: spent, reserved_usd: reserved } = stats.budget;
  const used = cap ? (spent + reserved) / cap : 0;
  set("spent", usd(spent) + (cap ? " of " + usd(cap) : ""));
  tone($("spent"), used >= 1 ? "bad" : used >= .8 ? "warn" : "ink");
  drawCurve(time, spending, cap, spent, used >= 1 ? "bad" : used >= .8 ? "fallback" : "local");
  const midnight = (Math.floor(time / DAY_MS) + 1) * DAY_MS, rate = `${usd(spending.last_hour_usd)} in the last hour`;
  const outlook = !cap ? "no cap set" : used >= 1 ? "the cap is reached; a new day begins at midnight UTC"
    : spending.runs_out_at == null ? "no rate yet" : spending.runs_out_at < midnight ? `at this rate it runs out at ${shortClock(spending.runs_out_at)}` : "at this rate it lasts until midnight UTC";
  set("budget", `${rate}; ${outlook}` + (reserved ? `; ${usd(reserved)} set aside` : ""));
  set("incident", incident ? words(incident.cause) : "none");
  tone($("incident"), !incident ? "ink" : time - incident.last < 60000 ? "bad" : "ink");
  part("incidentsub", incident, () => !incident ? ["no fallback since the start"] : [
    el("div", { textContent: `${whole(incident.fallbacks)} fallback${incident.fallbacks === 1 ? "" : "s"}, ${shortClock(incident.since)} to ${clock(incident.last)}` }),
    el("div", {}, `${incident.sentence}; ${incident.cause === "PAUSED" ? "“Resume model” ends it" : incident.cure} `, guide(incident.cause))]);
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** What was spent over the UTC day, dashed on at the rate of the last hour until the cap or midnight. */
function drawCurve(time, { today, runs_out_at: end, last_hour_usd: hour }, cap, spent, name) {
  $("curve").hidden = !(cap || spent);
  part("curve", [today, end, cap, Math.floor(time / 60000)], () => {
    const begin = Math.floor(time / DAY_MS) * DAY_MS, top = 1.08 * Math.max(cap || 0, spent) || 1;
    const x = at => (300 * (at - begin) / DAY_MS).toFixed(1), y = amount => (72 - 70 * amount / top).toFixed(1);
    const line = today.map(([at, amount], i) => `${i ? "H" + x(at) + " V" : "M" + x(at) + " "}${y(amount)}`).join(" ");
    const full = end == null ? null : Math.max(end, time), until = Math.min(full ?? begin, begin + DAY_MS);
    const ahead = full == null || spent >= cap ? null : full <= begin + DAY_MS ? cap : spent + (cap - spent) * (until - time) / (full - time);
    const paths = [svg("path", { class: "floor", d: "M0 72 H300" }), svg("path", { class: "area", d: `${line} V72 H${x(today[0][0])} Z` }), svg("path", { class: "spent", d: line })];
    if (cap) paths.push(svg("path", { class: "cap", d: `M0 ${y(cap)} H300` }));
    if (ahead != null) paths.push(svg("path", { class: "ahead", d: `M${x(time)} ${y(spent)} L${x(until)} ${y(ahead)}` }));
    const label = `Spent over the UTC day${cap ? " against the cap" : ""}: ${usd(spent)}${cap ? " of " + usd(cap) : ""}, ${usd(hour)} in the last hour`;
    return [tone(svg("svg", { viewBox: "0 0 300 72", preserveAspectRatio: "none", role: "img", "aria-label": label }, ...paths), name),
      el("p", { ariaHidden: "true" }, el("span", { textContent: shortClock(begin) }), ...(cap ? [el("span", { textContent: "line: cap" })] : []), el("span", { textContent: shortClock(begin + DAY_MS) }))];
  });
}

function drawSums({ stats }) {
  const bySource = { local: stats.local_calls, cache: stats.cache_hits, remote: stats.remote_answers, fallback: stats.fallback_calls };
  set("total", whole(stats.total_requests));
  set("hits", percent(stats.cache_hit_rate));
  set("share", percent(stats.deepseek_usage_rate));
  set("tokens", whole(stats.deepseek_stats.total_tokens));
  set("cost", usd(stats.cost_per_1000_requests) + (stats.deepseek_stats.unpriced_calls ? `, ${whole(stats.deepseek_stats.unpriced_calls)} calls without a price` : ""));
  part("legend", bySource, () => SOURCES.map(s => el("span", {}, tone(el("i"), s), s + " ", el("b", { textContent: whole(bySource[s]) }))).concat(el("span", { textContent: "since the start" })));
  part("latency", stats.latency_ms, () => {
    const slowest = Math.max(1, ...SOURCES.map(s => stats.latency_ms[s]?.p99 || 0));
    const length = n => n ? Math.max(2, 100 * Math.log1p(n * 1000) / Math.log1p(slowest * 1000)) : 0;
    return [el("div", { className: "row head" }, el("span"), el("span"), el("span", { textContent: "median" }), el("span", { textContent: "p99" })), ...SOURCES.map(s => {
      const { p50 = 0, p99 = 0 } = stats.latency_ms[s] || {}, fill = el("span");
      fill.style.width = length(p99) + "%";
      return el("div", { className: "row" }, el("span", {}, tone(el("i", { className: "dot" }), s), s), tone(el("div", { className: "bar" }, fill), s), el("span", { textContent: ms(p50) }), el("span", { textContent: ms(p99) }));
    }), el("p", { className: "sub", textContent: "Bars: p99 on a logarithmic scale." })];
  });
  const causes = Object.entries(stats.degradations).sort((a, b) => b[1] - a[1]);
  part("causes", causes, () => causes.length ? causes.map(([cause, n]) => el("div", { className: "row two" }, el("span", {}, words(cause) + " ", guide(cause)), el("b", { textContent: whole(n) })))
    : [el("p", { className: "sub", textContent: "None so far." })]);
}

/** The answers of the last five minutes by latency: an octave a row, the empty ends left out. */
function drawSpread({ now, windows }) {
  part("spread", now.latency, () => {
    if (!now.latency.length) return [el("p", { className: "sub", textContent: "No request." })];
    const most = Math.max(...now.latency.map(bar => sum(bar.requests)));
    const bars = now.latency.filter(bar => sum(bar.requests));
    return bars.map(bar => {
      const fills = windows[0].sources.map((source, i) => {
        const fill = tone(el("span"), source);
        fill.style.width = 100 * bar.requests[i] / most + "%";
        return fill;
      });
      return el("div", { className: "row spread" }, el("span", { textContent: "up to " + ms(bar.to_ms) }), el("div", { className: "bar" }, ...fills), el("span", { textContent: whole(sum(bar.requests)) }));
    });
  });
}

/** Failed attempts by cause and unusable replies by problem, most frequent first, each with its cure. */
function drawFailures({ stats }) {
  const counted = [...Object.entries(stats.failure_causes).map(([c, n]) => [c, n, "failure"]), ...Object.entries(stats.reply_problems).map(([c, n]) => [c, n, "reply"])].sort((a, b) => b[1] - a[1]);
  $("mend").hidden = !counted.length;
  part("failures", counted, () => counted.map(([cause, n, kind]) => el("div", { className: "fault" },
    el("span", { className: "name", textContent: words(cause) }), el("span", { className: "sub" }, `${kind === "reply" ? "unusable reply" : "failed request"}: ${stats.cures[cause] || ""} `, guide(cause, kind)), el("b", { className: "num", textContent: whole(n) }))));
}

function drawHealth({ health, service, paused }) {
  tone($("status"), TONES[health.status]);
  set("status", health.status);
  set("about", `${service.version} · model ${service.model} · up ${span(service.uptime_s)}`);
  const names = { redis: "Redis", deepseek: "Model", local_model: "Rules", cache: "Cache", budget: "Budget", budget_account: "Budget's account", anonymization: "Anonymization", service: "Service", answers: "Answers", remote_switch: "Switch", prices: "Prices" };
  const more = Object.keys(health.details).filter(name => !(name in health.components));
  part("health", [health, more], () => [...Object.keys(health.components), ...more].map(name => {
    const state = health.components[name] || "degraded", why = health.details[name];
    return el("div", { className: "part" }, el("p", {}, names[name] || name, tone(el("span", { className: "pill", textContent: state }), TONES[state])), ...(why ? [el("small", { textContent: readable(why) })] : []));
  }));
  $("switch").hidden = service.model === "none" && !paused;
  set("switch", paused ? "Resume model" : "Pause model");
  $("tokenbutton").hidden = !sessionStorage.getItem("token");
}

function drawSymbols({ symbols }) {
  part("symbols", symbols.map(s => [s.symbol, s.requests, s.disagreed, s.last.at]), () => {
    if (!symbols.length) return [el("p", { className: "sub", textContent: "No request so far." })];
    const head = el("tr", {}, cell("col", "Symbol"), ...SOURCES.map(s => cell("col", s, "num")), cell("col", "Model and rules disagree", "num"), cell("col", "Last signal"));
    const rows = symbols.slice(0, 20).map(s => el("tr", {}, cell("row", s.symbol), ...SOURCES.map(name => el("td", { className: "num", textContent: whole(s.requests[name] || 0) })),
      el("td", { className: "num", textContent: s.compared ? `${whole(s.disagreed)} of ${whole(s.compared)}` : "–" }),
      el("td", {}, el("span", { className: "act " + s.last.answer.signal, textContent: s.last.answer.signal }), ` ${Math.round(s.last.answer.confidence * 100)} %, ${clock(s.last.at)}`)));
    return [el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows)), ...(symbols.length > 20 ? [el("p", { className: "sub", textContent: `The 20 with the most requests of ${symbols.length}.` })] : [])];
  });
}

function drawEvents({ events }) {
  part("events", events, () => events.length ? events.slice(0, 12).map(e => el("div", { className: "event" }, el("span", { className: "sub", textContent: clock(e.at) }), el("span", { textContent: e.text })))
    : [el("p", { className: "sub", textContent: "None since the start." })]);
}

// ---- decisions

const rows = new Map();

function isWanted({ symbol, answer: a }) {
  return symbol.toLowerCase().includes($("f-symbol").value.trim().toLowerCase())
    && (!$("f-source").value || a.source.toLowerCase() === $("f-source").value)
    && (!$("f-action").value || a.signal === $("f-action").value)
    && (!$("f-cause").value || a.degradation === $("f-cause").value);
}

function decisionRow({ at, symbol, timeframe, answer: a }) {
  const open = el("button", { type: "button", className: "link", textContent: symbol, title: "Details" });
  const row = el("tr", {},
    el("td", { className: "time", textContent: clock(at) }),
    el("th", { scope: "row" }, open, " ", el("small", { className: "sub", textContent: timeframe })),
    el("td", {}, el("span", { className: "act " + a.signal, textContent: a.signal }), ` ${Math.round(a.confidence * 100)} %`),
    el("td", {}, tone(el("span", { className: "tag", textContent: a.source.toLowerCase() }), a.source.toLowerCase() + "-ink")),
    el("td", { className: "why" }, a.reasoning, ...(a.commentary ? [el("small", { textContent: "the model’s words: “" + a.commentary + "”" })] : []), el("small", { textContent: words(a.scenario_reason) + (a.degradation ? ", " + words(a.degradation) : "") + (a.model ? ", " + a.model : "") })),
    el("td", { className: "num lat", textContent: ms(a.latency_ms) }));
  row.addEventListener("click", () => { if (getSelection().isCollapsed) showDetail(a.decision_id); });
  return row;
}

function drawDecisions(data) {
  const all = held || data.decisions;
  if (!all.length) { rows.clear(); part("decisions", "empty", empty); return; }
  const causes = [...new Set(all.map(d => d.answer.degradation).filter(Boolean))].sort(), chosen = $("f-cause");
  for (const cause of causes) if (![...chosen.options].some(o => o.value === cause)) chosen.append(el("option", { value: cause, textContent: words(cause) }));
  let body = $("decisions").querySelector("tbody");
  if (!body) {
    drawn.decisions = "table";
    body = el("tbody");
    const head = el("tr", {}, ...["Time", "Symbol", "Signal", "Source", "Why"].map(t => cell("col", t)), cell("col", "Latency", "num"));
    $("decisions").replaceChildren(el("table", {}, el("thead", {}, head), body), el("p", { id: "nomatch", className: "empty", textContent: "No decision matches these filters.", hidden: true }));
  }
  const wanted = all.filter(isWanted), ids = new Set(wanted.map(d => d.answer.decision_id));
  for (const [id, row] of rows) if (!ids.has(id) && !isSelected(row) && !row.contains(document.activeElement)) { row.remove(); rows.delete(id); }
  let next = body.firstChild;
  for (const decision of wanted) {
    const id = decision.answer.decision_id;
    let row = rows.get(id);
    if (!row) { row = decisionRow(decision); rows.set(id, row); }
    if (row === next) next = next.nextSibling; else body.insertBefore(row, next);
  }
  $("nomatch").hidden = wanted.length > 0;
  const fresh = held ? data.decisions.filter(d => d.at > frozen).length : 0;
  set("shown", `${wanted.length} of ${all.length}` + (held ? `; paused, ${fresh} newer` : ""));
}

function empty() {
  const curl = `curl -s ${location.origin}/api/v1/inference${authorization()} \\\n  -d '{"symbol":"BTC-USDT","timeframe":"1h","price":64120.5,"rsi_14":17.4,"macd":-120.3,"macd_signal":-98.1,"volume_ratio":1.9,"volatility_pct":2.1}'`;
  return [el("div", { className: "empty" }, el("p", { textContent: "No decision yet. Send one, and it appears here:" }), el("pre", { id: "curl", textContent: curl }), copyButton(() => curl))];
}

const authorization = () => sessionStorage.getItem("token") ? ' -H "Authorization: Bearer $API_TOKEN"' : "";

function copyButton(text) {
  const button = el("button", { type: "button", textContent: "Copy" });
  button.onclick = async () => {
    try { await navigator.clipboard.writeText(text()); button.textContent = "Copied"; } catch { button.textContent = "Select the text and copy it"; }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  };
  return button;
}

const table = entries => el("table", {}, el("tbody", {}, ...entries.filter(([, value]) => value !== null && value !== "").map(([name, value]) => el("tr", {}, cell("row", name), el("td", { textContent: value })))));

async function showDetail(id) {
  const facts = $("facts"), dialog = $("detail");
  facts.replaceChildren(el("p", { className: "sub", textContent: "Loading" }));
  if (!dialog.open) dialog.showModal();
  try {
    const reply = await call("/api/v1/dashboard/" + encodeURIComponent(id));
    if (!reply.ok) { facts.replaceChildren(el("p", { className: "problem", textContent: reply.status === 404 ? "The service no longer keeps this decision." : (await reply.json()).message })); return; }
    facts.replaceChildren(...detail(await reply.json()));
  } catch {
    facts.replaceChildren(el("p", { className: "problem", textContent: "The service does not answer." }));
  }
}

/** The vote of a rule: its name and weight, an axis from sell to buy, and why. */
function vote({ rule, weight, vote: value, sentence }) {
  const said = value == null ? "a figure is missing" : value === 0 ? "no opinion" : `${value > 0 ? "buy" : "sell"} ${Math.abs(value).toFixed(2)}`;
  const fill = tone(el("span"), value > 0 ? "good" : "bad");
  fill.style.left = 50 * Math.min(1, 1 + (value || 0)) + "%";
  fill.style.width = 50 * Math.abs(value || 0) + "%";
  return el("div", { className: "vote" }, el("span", { textContent: `${words(rule)}, weight ${weight}` }), el("span", { className: "axis", ariaHidden: "true" }, fill), el("span", { className: "num", textContent: said }), ...(sentence ? [el("small", { textContent: sentence })] : []));
}

/** Where the time of a decision went: each stage as a part of the whole, one after the other. */
function timeline(stages, latency) {
  let passed = 0;
  return stages.map(({ stage, ms: length }) => {
    const fill = tone(el("span"), stage.startsWith("the model") ? "remote" : "local");
    fill.style.marginLeft = 100 * passed / latency + "%";
    fill.style.width = Math.max(.5, 100 * length / latency) + "%";
    passed += length;
    return el("div", { className: "stage" }, el("span", { textContent: stage }), el("span", { className: "num", textContent: ms(length) }), el("div", { className: "bar", ariaHidden: "true" }, fill));
  });
}

function detail({ decision: { at, symbol, timeframe, answer: a }, figures, rules, stages }) {
  const heading = text => el("h3", { textContent: text });
  const body = JSON.stringify({ symbol, timeframe, ...figures });
  const curl = `curl -s ${location.origin}/api/v1/inference${authorization()} \\\n  -d '${body}'`;
  const evidence = Object.entries(a.evidence || {});
  return [
    el("p", {}, el("span", { className: "act " + a.signal, textContent: a.signal }), ` ${symbol} ${timeframe}, ${Math.round(a.confidence * 100)} % ${["local", "fallback"].includes(a.source.toLowerCase()) ? "margin of the votes, not a probability" : "confidence, as the model states it"}`),
    el("p", { textContent: a.reasoning }),
    ...(a.commentary ? [heading("The model’s own words, not verified"), el("blockquote", { textContent: a.commentary })] : []),
    ...(a.degradation ? [heading("Degraded"), el("p", {}, words(a.degradation) + " ", guide(a.degradation))] : []),
    ...(evidence.length ? [heading("Evidence: figures that the model relied on, verified"), table(evidence)] : []),
    heading("Rules"),
    table([["action", `${rules.action}, margin ${Math.round(rules.confidence * 100)} %`], ["balance of votes, −1 to 1", rules.score.toFixed(2)], ["reasoning", rules.reasoning]]),
    heading("Votes of the rules, from sell to buy"), ...rules.votes.map(vote),
    ...(stages.length ? [heading(`Where the ${ms(a.latency_ms)} went`), ...timeline(stages, a.latency_ms)] : []),
    heading("Figures of the request"), table(Object.entries(figures)),
    heading("Answer"),
    table([["time", new Date(at).toLocaleString("en-GB")], ["decision id", a.decision_id], ["source", a.source.toLowerCase()], ["scenario", `${words(a.scenario)}, ${words(a.scenario_reason)}`], ["risk", a.risk_level],
      ["stop", a.stop_loss_pct == null ? null : a.stop_loss_pct + " %"], ["target", a.take_profit_pct == null ? null : a.take_profit_pct + " %"], ["latency", ms(a.latency_ms)], ["tokens", whole(a.tokens)],
      ["cost", a.cost_usd == null ? "not known" : usd(a.cost_usd)], ["model", a.model], ["prompt", a.prompt_version], ["valid until", new Date(a.valid_until).toLocaleString("en-GB")], ["fields dropped", String(a.fields_dropped)]]),
    heading("The request as curl"), el("pre", { textContent: curl }), copyButton(() => curl)];
}

function redrawDecisions() { if (last) drawDecisions(last); }
$("filters").addEventListener("input", redrawDecisions);
$("filters").addEventListener("submit", event => event.preventDefault());
$("hold").onclick = () => {
  held = held ? null : last && last.decisions;
  frozen = last ? Math.max(0, ...last.decisions.map(d => d.at)) : 0;
  $("hold").setAttribute("aria-pressed", String(!!held));
  set("hold", held ? "Continue list" : "Pause list");
  redrawDecisions();
};
$("close").onclick = () => $("detail").close();
$("window").addEventListener("change", event => { windowName = event.target.value; if (last) drawChart(last); });

// ---- asking the service

function call(path, options = {}) {
  const token = sessionStorage.getItem("token");
  return fetch(path, { ...options, headers: token ? { Authorization: "Bearer " + token } : {}, signal: AbortSignal.timeout(TIMEOUT_MS) });
}

function draw(data) {
  last = data;
  drawTop(data); drawSums(data); drawChart(data); drawSpread(data); drawFailures(data); drawHealth(data); drawSymbols(data); drawEvents(data); drawDecisions(data);
  const why = data.paused ? data.health.details.remote_switch || "paused" : "";
  banner(data.paused ? "The model is " + readable(why) : "", "warn");
}

function banner(text, name) {
  $("banner").hidden = !text;
  if (text) tone($("banner"), name);
  set("banner", text);
}

/** The service does not answer: the page turns grey as a whole. */
function silent(sentence) {
  document.body.classList.add("stale");
  tone($("status"), "off");
  set("status", "not answering");
  const age = arrived ? ` The figures below are ${span((performance.now() - arrived) / 1000)} old.` : "";
  banner(sentence + age, "bad");
}

function tick() {
  if (arrived) set("updated", `updated ${span(Math.max(0, Math.round((performance.now() - arrived) / 1000)))} ago`);
  if (silentSince) silent(silentSince);
}

async function refresh() {
  clearTimeout(timer);
  try {
    const reply = await call("/api/v1/dashboard");
    if (reply.status === 401) return ask(sessionStorage.getItem("token") ? "The service does not accept this token. Check it for typing errors." : "");
    if (!reply.ok) throw new Error("The service answers with the error " + reply.status + ".");
    const data = await reply.json();
    silentSince = null;
    arrived = performance.now();
    document.body.classList.remove("stale");
    draw(data);
  } catch (problem) {
    silentSince = problem.name === "TimeoutError" ? `The service has not answered for ${TIMEOUT_MS / 1000} seconds: it hangs, or the network does.`
      : problem.message.startsWith("The service") ? problem.message : "The service cannot be reached: it has stopped, or the network is down.";
  }
  tick();
  timer = setTimeout(refresh, document.hidden ? HIDDEN_POLL_MS : POLL_MS);
}

/** The service wants a token, or another one: there is nothing to show until it has it. */
function ask(problem) {
  silentSince = null;
  document.body.classList.add("stale");
  tone($("status"), "warn");
  set("status", "token required");
  $("tokenbutton").hidden = false;
  openAsk(problem);
}

function openAsk(problem) {
  set("askproblem", problem);
  $("ask").returnValue = "";
  if (!$("ask").open) $("ask").showModal();
}

$("ask").addEventListener("close", () => {
  const token = $("token").value.trim();
  $("token").value = "";
  if ($("ask").returnValue !== "ok") { if (document.body.classList.contains("stale")) banner("Without the token the service shows no data. The button “Token” asks for it again.", "warn"); return; }
  if (!/^[\x21-\x7e]+$/.test(token)) return openAsk("A token consists of letters, digits and signs of ASCII, without spaces.");
  sessionStorage.setItem("token", token);
  banner("", "warn");
  refresh();
});
$("tokenbutton").onclick = () => openAsk("");

async function flip(dialog, problem, path, options) {
  set(problem, "");
  try {
    const reply = await call(path, { method: "POST", ...options });
    if (!reply.ok) throw new Error((await reply.json()).message);
    refresh();
  } catch (failed) {
    set(problem, failed instanceof TypeError || failed.name === "TimeoutError" ? "The service does not answer; nothing may have changed." : failed.message);
    dialog.showModal();
  }
}

$("switch").onclick = () => {
  set("pauseproblem", ""); set("resumeproblem", "");
  $("pause").returnValue = $("resume").returnValue = "";
  if (!last.paused) { $("reason").value = ""; $("pause").showModal(); return; }
  set("resumewhy", readable(last.health.details.remote_switch || ""));
  $("resume").showModal();
};
$("pause").addEventListener("close", () => { if ($("pause").returnValue === "ok") flip($("pause"), "pauseproblem", "/api/v1/remote/pause", { body: JSON.stringify({ reason: $("reason").value.trim() }) }); });
$("resume").addEventListener("close", () => { if ($("resume").returnValue === "ok") flip($("resume"), "resumeproblem", "/api/v1/remote/resume", {}); });

addEventListener("resize", () => last && drawChart(last));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => last && drawChart(last));
document.addEventListener("visibilitychange", () => { if (!document.hidden && arrived) refresh(); });
setInterval(tick, 1000);
refresh();
