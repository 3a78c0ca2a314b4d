//! Why the lines of the reverse proxy's service, and of its file, are there.

// Whichever proxy it is.
pub const ONE_HOLDS_THE_PORTS: &str = "One proxy holds the ports 80 and 443 and leads each host to its service";
pub const PLENTY_OF_MEMORY: &str = "Plenty for some hundred requests at once";
pub const REACHES_WHAT_IS_PUBLIC: &str = "Reaches what is public, and no database";
pub const BROKEN_ONE_TAKES_NONE_DOWN: &str =
    "Not until it is well: one that is broken must not take the others off the net";
pub const PORTS_FOR_HTTP_AND_HTTPS: &str =
    "80 for the way to HTTPS and the proof of the host's owner; 443 for HTTPS, by UDP for HTTP/3";
pub const NOTHING_STARTS_WITHOUT_THE_FILE: &str =
    "The file beside this one; without it nothing starts, instead of an empty folder in its place";
pub const CERTIFICATES_AND_KEYS: &str = "Certificates and keys";
pub const CERTIFICATES_BY_ITSELF: &str = "Gets and renews certificates by itself";
pub const HTTP_AS_ASKED: &str = "By HTTP only, as asked: whoever is on the way can read along";

// Caddy.
pub const CADDY_ASKS_ITS_ADMINISTRATION: &str = "Asks its administration, which listens inside the container only";
pub const CADDY_NEEDS_NO_COPY: &str = "A copy of what it runs, which it needs not keep";
pub const CADDY_LISTENS_BELOW_1024: &str =
    "The one right that it needs: the ports below 1024. Its image's folders are root's, so it is root without rights";
pub const CADDY_SERVES_HTTPS_BY_ITSELF: &str = "A host by itself is served by HTTPS, and HTTP leads there";
pub const CADDY_ASKS_FOR_ALL_REPLICAS: &str =
    "Asks Docker's DNS for all replicas, and sends each request to one of them";
pub const CADDY_SEES_REPLICAS_COME_AND_GO: &str = "Sees replicas that come and go";
pub const CADDY_TELLS_THE_CLIENTS_ADDRESS: &str = "Tells the app the client's address and scheme in X-Forwarded-*";
pub const CADDY_HOLDS_REQUESTS_BACK: &str = "While the app starts anew, requests wait instead of failing";

// Traefik, and its options.
pub const TRAEFIK_LISTENS_ABOVE_1024: &str =
    "Not root, which the image would be; it needs no right, since its ports are above 1024";
pub const TRAEFIK_ASKS_FROM_INSIDE: &str = "Asks the one entry point that listens inside the container only";
pub const TRAEFIK_WITHOUT_DOCKERS_SOCKET: &str =
    "Told by a file, so that it needs no Docker socket, which would be root on the server";
pub const TRAEFIK_HTTP: &str = "HTTP: port 80 of the server";
pub const TRAEFIK_HTTPS: &str = "HTTPS: port 443 of the server";
pub const TRAEFIK_HTTP_3: &str = "HTTP/3, by UDP";
pub const TRAEFIK_PROVES_THE_HOST: &str = "The authority sees over port 443 that the host is yours";
pub const TRAEFIK_CERTIFICATES_ON_THE_VOLUME: &str = "On the volume, so that certificates outlive the container";
pub const TRAEFIK_PORT_FOR_HEALTH: &str = "For the health check, and for nobody else";
pub const TRAEFIK_ANSWERS_HEALTH: &str = "Answers the health check";
pub const TRAEFIK_ASKS_FOR_NO_NEWER_VERSION: &str = "Asks nobody for a newer version of itself";
pub const TRAEFIK_OPTIONS: &str = "What does not depend on the routes";
pub const TRAEFIK_VOLUME_OF_EVERYONE: &str =
    "Certificates and keys, in a folder that is everyone's in the image: a new volume takes over that right";

// The routes of Traefik.
pub const TRAEFIK_ROUTES: &str = "What is public, and where it is";
pub const TRAEFIK_SERVES_HTTPS: &str = "By HTTPS, with a certificate that renews itself";
pub const TRAEFIK_LEADS_TO_HTTPS: &str = "What comes by HTTP is sent to HTTPS";
pub const TRAEFIK_REDIRECTS_FOR_GOOD: &str = "For good, so that browsers remember it";
pub const TRAEFIK_ONE_BY_ITS_NAME: &str = "By the name of the service, at the port that it listens on";
pub const TRAEFIK_REPLICAS_IN_TURN: &str =
    "Each request to the next replica, by the name that Compose gives its container";
pub const TRAEFIK_LEAVES_OUT_THE_ILL: &str = "Asks each replica, and leaves out the one that is not well";
pub const TRAEFIK_HOLDS_REQUESTS_BACK: &str =
    "While the app starts anew, requests wait instead of failing; only what it has not seen is sent again";
