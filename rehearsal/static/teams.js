/**
 * Stands for Teams' own script in a tab of a rehearsal: the few calls of it that Kolbot uses, answered by the room's page
 * around the tab (tab.js). Not Microsoft's, and of no use outside of the room.
 */
(() => {
  const room = new URL(document.currentScript.src).origin;
  const waiting = new Map();
  const handlers = {};
  let asked = 0;

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== room || source !== parent) return;
    if (data.event) return handlers[data.event]?.(data.value);
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failed) one?.reject(new Error(data.failed));
    else one?.resolve(data.value);
  });

  const asks = (what, value) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      parent.postMessage({ id: asked, what, value }, room);
    });

  globalThis.microsoftTeams = {
    app: {
      initialize: () => asks("initialize"),
      getContext: () => asks("context"),
      registerOnThemeChangeHandler: (handler) => (handlers.theme = handler),
      notifySuccess: () => asks("shown"),
    },
    authentication: { getAuthToken: () => asks("token") },
    pages: {
      config: {
        registerOnSaveHandler: (handler) =>
          (handlers.save = () =>
            handler({ notifySuccess: () => asks("saved"), notifyFailure: (why) => asks("unsaved", why) })),
        setConfig: (config) => asks("config", config),
        setValidityState: (valid) => asks("valid", valid),
      },
    },
  };
})();
