/// The one style sheet. Colours keep a contrast of 4.5 to 1 in light and in dark.
enum Style {
    static let sheet = """
        :root {
          color-scheme: light dark;
          --ground: #f6f5f2; --card: #ffffff; --text: #1c1b19; --soft: #5b5852; --line: #8f8a80;
          --accent: #1f5c4d; --on-accent: #ffffff; --warn: #a3261b; --banner: #fff1c9; --on-banner: #4a3800;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #171614; --card: #211f1c; --text: #f1eee8; --soft: #b9b3a8; --line: #79736a;
            --accent: #7fd0b8; --on-accent: #0d231d; --warn: #ff9b8f; --banner: #3b3110; --on-banner: #ffe9a8;
          }
        }
        *, *::before, *::after { box-sizing: border-box; }
        body {
          margin: 0; background: var(--ground); color: var(--text);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans SC", sans-serif;
        }
        .banner {
          margin: 0; padding: .4rem 1rem; background: var(--banner); color: var(--on-banner); text-align: center;
        }
        main {
          max-width: 38rem; margin: 1.5rem auto; padding: 1.25rem; background: var(--card); border-radius: .75rem;
        }
        h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.25; }
        h2 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
        a { color: var(--accent); }
        code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        .people { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
        .scopes { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .25rem .75rem; }
        button, select, input { font: inherit; color: inherit; }
        button {
          min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem;
          background: var(--card); cursor: pointer;
        }
        button:hover { border-color: var(--accent); }
        .person { width: 100%; text-align: start; display: grid; }
        .person .name { font-weight: 600; }
        .detail { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
        .primary { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
        .cancel { width: 100%; }
        .error { color: var(--warn); font-weight: 600; }
        .field { display: grid; gap: .25rem; }
        select, input {
          width: 100%; min-height: 2.75rem; padding: .4rem .6rem; background: var(--card);
          border: 1px solid var(--line); border-radius: .5rem;
        }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        th, td { padding: .35rem .5rem .35rem 0; text-align: start; vertical-align: top; }
        dt { margin-top: .5rem; } dd { margin: 0; color: var(--soft); }
        @media (max-width: 42rem) { main { margin: 0; border-radius: 0; min-height: 100vh; } }

        """
}
