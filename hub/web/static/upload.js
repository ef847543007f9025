// The page on which a unit sends its reports. The token is in this page's memory alone: not in the
// address, not in what the browser keeps.

import { begin, finish } from "/upload/signin.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PAUSE = 700;
const COUNTS = {
  received: "đã đọc",
  new: "mới",
  revised: "sửa",
  unchanged: "không đổi",
  withdrawn: "rút",
  held: "chờ quyết định",
  rejected: "không nhận",
  warned: "có cảnh báo",
};
const OUTCOMES = { rejected: "không nhận", held: "chờ quyết định", warned: "cảnh báo" };
const PHASES = { OPEN: "đang mở", LATE: "quá hạn" };
const ASKED = `query UploadPage($agency: String!) {
  dataSources(where: { owner: { is: { code: { eq: $agency } } } }
              orderBy: [SYNTHETIC_ASC, CODE_ASC]) { nodes { code name } }
  submissions(
    where: { phase: { in: [OPEN, LATE] }, status: { in: [EXPECTED, DRAFT, RETURNED] }
             agency: { is: { code: { eq: $agency } } } }
    orderBy: [DUE_ON_DESC], first: 60
  ) {
    nodes { phase dueOn form { code name } period { label } area { code } facility { code } }
  }
}`;
const WHO = "{ viewer { agency { code name } } }";

const at = (id) => document.getElementById(id);
const redirect = location.origin + location.pathname;
const session = { token: null, file: null, batch: null };
const LOST = "Mất kết nối: hãy thử lại.";

const show = (id, is = true) => { at(id).hidden = !is; };
const cell = (text, kind = "td") => Object.assign(document.createElement(kind), { textContent: text });
const day = (iso) => iso.split("-").reverse().join("/");

function complain(text) {
  at("notice").textContent = text;
  show("notice", Boolean(text));
}

const headers = (more = {}) => ({
  "Accept-Language": "vi",
  ...(session.token ? { Authorization: `Bearer ${session.token}` } : {}),
  ...more,
});

async function reach(address, options) {
  try {
    return await fetch(address, options);
  } catch {
    throw new Error(LOST);
  }
}

const unsigned = ({ message }) => new Error(`Không đăng nhập được (${message}): hãy thử lại.`);

const sentence = (body) => body?.errors?.map(({ message }) => message).join(" ");

async function refusal(answer) {
  if (answer.status === 401) {
    show("signin", Boolean(session.issuer));
    return "Phiên đăng nhập đã hết, hoặc tài khoản chưa được mở ở đây: hãy đăng nhập lại, hoặc báo người quản trị.";
  }
  const body = await answer.json().catch(() => null);
  return sentence(body) ?? `Hệ thống trả lời ${answer.status}: hãy thử lại.`;
}

async function ask(query, variables = {}) {
  const answer = await reach("/graphql", {
    method: "POST",
    headers: headers({
      "Content-Type": "application/json",
      Accept: "application/graphql-response+json, application/json;q=0.9",
    }),
    body: JSON.stringify({ query, variables }),
  });
  if (!answer.ok) throw new Error(await refusal(answer));
  const body = await answer.json();
  if (body.errors) throw new Error(sentence(body));
  return body.data;
}

async function fetched(address, options) {
  const answer = await reach(address, { ...options, headers: headers(options.headers) });
  if (!answer.ok) throw new Error(await refusal(answer));
  return answer.blob();
}

async function save(address, options, name) {
  complain("");
  const link = document.createElement("a");
  try {
    link.href = URL.createObjectURL(await fetched(address, options));
  } catch ({ message }) {
    return complain(message);
  }
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function owed(nodes) {
  // One form of several facilities is one workbook.
  const forms = new Map(nodes.map((each) => [`${each.form.code} ${each.period.label}`, each]));
  at("owed").replaceChildren(
    ...[...forms.values()].map(({ phase, dueOn, form, period, area }) => {
      const row = document.createElement("tr");
      const take = Object.assign(document.createElement("button"), {
        type: "button",
        textContent: "Tải biểu",
      });
      const asked = new URLSearchParams({ period: period.label, ...(area ? { ward: area.code } : {}) });
      const address = `/forms/${encodeURIComponent(form.code)}/template?${asked}`;
      take.addEventListener("click", () =>
        save(address, {}, `${form.code}.${area?.code ?? ""}.${period.label}.xlsx`),
      );
      const state = cell(PHASES[phase]);
      state.classList.toggle("late", phase === "LATE");
      const last = document.createElement("td");
      last.append(take);
      row.append(cell(form.name), cell(period.label), cell(day(dueOn)), state, last);
      return row;
    }),
  );
  show("none", forms.size === 0);
}

async function enter() {
  complain("");
  const { viewer } = await ask(WHO);
  const agency = viewer.agency;
  show("forms", Boolean(agency));
  show("sending", Boolean(agency));
  show("report", false);
  if (!agency) {
    at("who").textContent = "";
    return;
  }
  show("signin", false);
  at("who").textContent = agency.name;
  const { dataSources, submissions } = await ask(ASKED, { agency: agency.code });
  owed(submissions.nodes);
  const sources = dataSources.nodes;
  at("source").replaceChildren(...sources.map(({ code, name }) => new Option(name, code)));
  show("from", sources.length > 1);
  if (sources.length === 0) complain("Đơn vị chưa có nguồn dữ liệu nào: hãy báo người quản trị.");
}

function post(file, source) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/sources/${encodeURIComponent(source)}/batches`);
    const sent = headers({ "Content-Type": XLSX, "Idempotency-Key": crypto.randomUUID() });
    for (const [name, value] of Object.entries(sent)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      at("progress").value = total ? (100 * loaded) / total : 0;
    });
    request.addEventListener("error", () => reject(new Error(LOST)));
    request.addEventListener("load", async () => {
      const { status, responseText } = request;
      if (status === 202) resolve(request.getResponseHeader("Location"));
      else reject(new Error(await refusal(new Response(responseText, { status }))));
    });
    request.send(file);
  });
}

async function ended(address) {
  for (;;) {
    const answer = await reach(address, { headers: headers(), cache: "no-store" });
    if (!answer.ok) throw new Error(await refusal(answer));
    const batch = await answer.json();
    if (batch.status === "done" || batch.status === "refused") return batch;
    at("state").textContent = batch.status === "running" ? "Đang kiểm tra…" : "Đang chờ kiểm tra…";
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

function refusalOf({ refusal }) {
  return `${refusal?.sentence ?? ""} (${refusal?.code ?? "?"})`.trim();
}

function report(batch, file) {
  session.batch = batch;
  session.file = file;
  const troubles = batch.rows.filter(({ decision }) => !decision);
  const wrong = troubles.filter(({ outcome }) => outcome !== "warned");
  const refused = batch.status === "refused";
  at("outcome").textContent = refused
    ? `Tệp không được nhận, hệ thống không giữ lại nội dung. ${refusalOf(batch)}`
    : wrong.length
      ? "Đã nhận; còn dòng cần sửa. Hãy tải biểu đã đánh dấu, sửa các ô đỏ rồi gửi lại cả biểu."
      : troubles.length
        ? "Đã nhận toàn bộ; hãy xem lại các dòng có cảnh báo."
        : "Đã nhận toàn bộ.";
  at("counts").replaceChildren(
    ...Object.entries(COUNTS)
      .filter(([name]) => batch.counts[name])
      .map(([name, words]) => {
        const pair = document.createElement("div");
        pair.append(cell(words, "dt"), cell(String(batch.counts[name]), "dd"));
        return pair;
      }),
  );
  at("rows").replaceChildren(
    ...troubles.map(({ line, column, found, expected, code, outcome }) => {
      const row = document.createElement("tr");
      const texts = [String(line), column, found, expected, code, OUTCOMES[outcome] ?? outcome];
      row.append(...texts.map((text) => cell(text ?? "")));
      return row;
    }),
  );
  show("troubles", troubles.length > 0);
  const outdated = batch.refusal?.code === "FORM_OUTDATED";
  show("marked", outdated || (!refused && wrong.length > 0));
  show("report");
}

async function send(file) {
  complain("");
  show("report", false);
  if (!/\.xlsx$/i.test(file.name)) return complain("Chỉ nhận tệp .xlsx.");
  at("progress").value = 0;
  show("progress");
  at("state").textContent = `Đang gửi ${file.name}…`;
  try {
    const address = await post(file, at("source").value);
    at("state").textContent = "Đã gửi, đang chờ kiểm tra…";
    report(await ended(address), file);
    at("state").textContent = "";
  } catch (error) {
    at("state").textContent = "";
    complain(error.message);
  } finally {
    show("progress", false);
    at("file").value = "";
  }
}

function listen() {
  const drop = at("drop");
  // Let go of beside its place, a file would be opened instead of the page.
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => event.preventDefault());
  }
  for (const name of ["dragover", "dragenter"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const [file] = event.dataTransfer.files;
    if (file) send(file);
  });
  at("file").addEventListener("change", ({ target }) => target.files[0] && send(target.files[0]));
  at("marked").addEventListener("click", () => {
    const { source, id } = session.batch;
    const asked = new URLSearchParams({ source, batch: id });
    const sent = { method: "POST", headers: { "Content-Type": XLSX }, body: session.file };
    save(`/forms/marked?${asked}`, sent, `can-sua.${session.file.name}`);
  });
}

async function open() {
  listen();
  const answer = await reach("/upload/config.json", { cache: "no-store" });
  const { issuer, personas } = await answer.json();
  session.issuer = issuer;
  if (personas.length) {
    const select = at("persona");
    select.replaceChildren(...personas.map(({ label }, index) => new Option(label, String(index))));
    const become = () => {
      session.token = personas[select.selectedIndex].token;
      return enter();
    };
    select.addEventListener("change", () => become().catch(({ message }) => complain(message)));
    show("as");
    await become();
    return;
  }
  if (!issuer) return complain("Hệ thống chưa đặt nơi đăng nhập (HUB_CLIENT_ID).");
  at("signin").addEventListener("click", async () => {
    try {
      location.assign(await begin(issuer, redirect, sessionStorage));
    } catch (error) {
      complain(unsigned(error).message);
    }
  });
  const { search } = location;
  history.replaceState(null, "", redirect);
  session.token = await finish(issuer, redirect, search, sessionStorage).catch((error) => {
    throw unsigned(error);
  });
  if (session.token) await enter();
  else show("signin");
}

open().catch(({ message }) => {
  show("signin", Boolean(session.issuer));
  complain(message);
});
