/** What a pressed button does, in a card or a dialog: the question to the room and what its answer does to the page. */
import * as api from "./api.js";
import { busy, strip } from "./cards.js";
import { openDialog } from "./dialog.js";

const WRONG = "Something went wrong. Please try again.";
const NOTHING = { type: "Action.Execute", msteams: null, data: null, source: {} };
const SENT = "Your response was sent to the app";

/** The presses of one pane; `pane`: {person, locale, layer, feed(), toasts, botName, stillHere(personId)}. */
export function makePresses(pane) {
  let dialog = null;

  const openLink = (url) => {
    if (/^https?:\/\//i.test(url || "")) window.open(url, "_blank", "noopener,noreferrer");
    else pane.toasts.show({ kind: "error", text: "This link does not lead to a web page." });
  };

  const open = (about) => {
    if (dialog && dialog.isOpen()) {
      dialog.replace(about);
      return;
    }
    dialog = openDialog(pane.layer, about, {
      locale: pane.locale,
      botName: pane.botName,
      press: inDialog,
      fallbackFocus: () => pane.focusCompose(),
      close: (current) => {
        dialog = null;
        if (current.id)
          api
            .closeDialog(current.id, pane.person.id)
            .catch(() =>
              pane.toasts.show({ kind: "error", text: "The room did not hear that the dialog was closed." }),
            );
      },
    });
  };

  const failed = (error, say) => say(WRONG, error.status ? `${error.status}: ${error.message}` : error.message);

  /** An answer to a press in a message's card. */
  const answered = (answer, message, press = NOTHING, host = null) => {
    const here = () => pane.feed().hostOf(message.id) || host;
    switch (answer && answer.kind) {
      case "dialog":
        open(answer.dialog);
        break;
      case "card":
        pane.feed().put({
          ...(pane.feed().get(message.id) || message),
          attachments: replaced(pane.feed().get(message.id) || message, answer.card),
        });
        break;
      case "message":
        if (press.msteams && press.msteams.type === "task/fetch")
          open({ id: null, title: "", text: answer.text, width: "small" });
        else pane.toasts.show({ kind: "activity", title: pane.botName, text: answer.text });
        break;
      case "error":
        strip(here(), { kind: "error", text: WRONG, detail: detailOf(answer) });
        break;
      default:
        if (press.type === "Action.Submit" && !quiet(press)) strip(here(), { kind: "info", text: SENT });
    }
  };

  const press = async (message, pressed, host) => {
    if (pressed.type === "Action.OpenUrl") {
      openLink(pressed.url);
      return;
    }
    const who = pane.person.id;
    const done = busy(host, pressed);
    const { type, id, verb, data, inputs } = pressed;
    try {
      const answer = await api.press({ as: who, message: message.id, action: { type, id, verb, data }, inputs });
      done();
      if (pane.stillHere(who)) answered(answer, message, pressed, host);
    } catch (error) {
      done();
      if (pane.stillHere(who))
        failed(error, (text, detail) => strip(pane.feed().hostOf(message.id) || host, { kind: "error", text, detail }));
    }
  };

  const inDialog = async (pressed, host) => {
    if (pressed.type === "Action.OpenUrl") {
      openLink(pressed.url);
      return;
    }
    const here = dialog;
    const who = pane.person.id;
    const done = busy(host, pressed);
    const own = pressed.data && typeof pressed.data === "object" ? pressed.data : {};
    try {
      const answer = await api.submitDialog(here.id, {
        as: who,
        data: { ...own, ...pressed.inputs },
        action: { type: pressed.type, id: pressed.id, verb: pressed.verb },
      });
      done();
      if (here !== dialog || !here.isOpen()) return;
      switch (answer && answer.kind) {
        case "dialog":
          here.replace(answer.dialog);
          break;
        case "card":
          here.replace({ card: answer.card });
          break;
        case "message":
          here.replace({ text: answer.text, id: null });
          break;
        case "error":
          here.fail(WRONG, detailOf(answer));
          break;
        default:
          dialog = null;
          here.shut();
      }
    } catch (error) {
      done();
      if (here === dialog) failed(error, here.fail);
    }
  };

  return {
    press,
    answered,
    /** Closes what is open without a word to the room: the person of this pane has changed. */
    drop() {
      if (dialog && dialog.isOpen()) dialog.shut();
      dialog = null;
    },
  };
}

/** What a developer wants to know besides what Teams says. */
function detailOf(answer) {
  return (
    [answer.code, answer.text === WRONG ? "" : answer.text].filter(Boolean).join(": ") ||
    (answer.status ? `Status ${answer.status}` : "")
  );
}

function replaced(message, card) {
  let done = false;
  return (message.attachments || []).map((attachment) => {
    if (done || attachment.contentType !== "application/vnd.microsoft.card.adaptive") return attachment;
    done = true;
    return { ...attachment, content: card };
  });
}

function quiet(press) {
  const own = press.source.msTeams || press.source.msteams || (press.data && press.data.msTeams) || {};
  return Boolean(own.feedback && own.feedback.hide);
}
