// What a host has to say with each file of the site, whichever host it is.

/** In the name of a file: the checksum of what it says. Such a file never changes. */
export const HASHED = "-[0-9a-f]{16}[._]";
const FOR_EVER = "public, max-age=31536000, immutable";

/** Whether a file's name holds a checksum of what it says. */
export function isHashed(name) {
  return new RegExp(HASHED).test(name);
}

/** How long browsers may keep a file: for ever if its name changes with it, else until they have asked. */
export function cacheControl(name) {
  return isHashed(name) ? FOR_EVER : "no-cache";
}

/**
 * The headers of every file, as pairs of name and value.
 * @param {string} html The page, which holds its own Content-Security-Policy for hosts that send no headers.
 */
export function headers(html) {
  const policy = html.match(/http-equiv="?Content-Security-Policy"? content="([^"]*)"/)?.[1];
  if (!policy) throw new Error("index.html has no Content-Security-Policy");
  return [
    // Any page may embed it: it holds no session that a click could be stolen from.
    ["Content-Security-Policy", `${policy}; frame-ancestors *`],
    ["Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"],
    ["Referrer-Policy", "no-referrer"],
    ["X-Content-Type-Options", "nosniff"],
    // A sandboxed frame has no origin, so that even its own files come from another one.
    ["Access-Control-Allow-Origin", "*"],
    ["Cross-Origin-Resource-Policy", "cross-origin"],
  ];
}

/** A server for nginx, to be included in its `http` block: https://nginx.org/en/docs/http/ngx_http_gzip_static_module.html. */
export function nginx(html) {
  const lines = headers(html).map(([name, value]) => `    add_header ${name} "${value}" always;`);
  return `# Serves the folder site/ of a release of Plimsoll. Include it in the http block; change port and root.
map $uri $plimsoll_cache {
    default "no-cache";
    "~${HASHED}" "${FOR_EVER}";
}

server {
    listen 8080;
    root /usr/share/nginx/html;

    # Each file has a gzip copy beside it. With the module ngx_brotli, add: brotli_static on;
    gzip_static on;
    gzip_vary on;

${lines.join("\n")}
    # Not with a status that tells of a mistake: a file that is still being copied would be missing for ever.
    add_header Cache-Control $plimsoll_cache;
    # Of a folder without its slash at the end the visitor knows the host and the port, this server may not.
    absolute_redirect off;

    location / {
        try_files $uri $uri/ =404;
    }

    location ~ /app\\.webmanifest$ {
        types { }
        default_type application/manifest+json;
    }
}
`;
}

/** A site for Caddy 2: https://caddyserver.com/docs/caddyfile/directives/file_server. */
export function caddy(html) {
  const lines = headers(html).map(([name, value]) => `\t\t${name} "${value}"`);
  return `# Serves the folder site/ of a release of Plimsoll. With a host's name in place of :8080, Caddy sees to HTTPS.
:8080 {
\troot * /srv
\theader {
${lines.join("\n")}
\t}
\t# Only what is there: a file that is still being copied would be missing for ever.
\t@unchanging {
\t\tpath_regexp ${HASHED}
\t\tfile
\t}
\theader @unchanging Cache-Control "${FOR_EVER}"
\t@changing not path_regexp ${HASHED}
\theader @changing Cache-Control no-cache
\t@manifest path */app.webmanifest
\theader @manifest Content-Type application/manifest+json
\tfile_server {
\t\tprecompressed br gzip
\t}
}
`;
}

/** An image of the site behind nginx, built in the folder that holds `site/` and `hosting/`: examples/plimsoll.yaml deploys it. */
export const DOCKERFILE = `# Serves a release of Plimsoll on port 8080: docker build --file hosting/Dockerfile .
# This image needs no root, and keeps what it writes below /tmp (https://github.com/nginx/docker-nginx-unprivileged).
FROM nginxinc/nginx-unprivileged:1.29-alpine
COPY hosting/nginx.conf /etc/nginx/conf.d/default.conf
COPY site/ /usr/share/nginx/html/
`;
