//! What programs take in memory, measured on real processes.
//!
//! Written by `cargo xtask measure`, which docs/measured-memory.md describes; not by hand.

use crate::quantity::Memory;

/// One program: memory(N) = supervisor (from `supervisor_from` workers on) + shared + N × each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// What the figures are called in docs/measured-memory.md.
    pub name: &'static str,
    /// What was measured, for a reader.
    pub title: &'static str,
    /// What N counts.
    pub counted: Counted,
    /// From how many workers on a process watches them; 0 where none ever does.
    pub supervisor_from: u32,
    /// Whether workers are forked from a process that has loaded the app, and share what neither writes to.
    pub shares_until_written: bool,
    /// Before the first request.
    pub at_start: Terms,
    /// At the highest, during traffic or after: what to plan with, since forked workers share ever less.
    pub with_traffic: Terms,
    /// The versions of what was measured.
    pub versions: &'static str,
    /// The system it ran on.
    pub system: &'static str,
    /// The day, such as `2026-11-23`.
    pub date: &'static str,
}

/// What N counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Processes that do the work.
    Worker,
    /// Open connections of a server.
    Connection,
}

/// What the memory of a program is made of, fitted to the sums of its processes' PSS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The process that watches the workers.
    pub supervisor: Memory,
    /// What is there once, however many workers or connections there are.
    pub shared: Memory,
    /// One worker or connection.
    pub each: Memory,
}

/// Starlette, Uvicorn.
pub const UVICORN_STARLETTE: Measured = Measured {
    name: "uvicorn-starlette",
    title: "Starlette, Uvicorn",
    counted: Counted::Worker,
    supervisor_from: 2,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(21_998),
        shared: Memory::from_kib(11_806),
        each: Memory::from_kib(21_276),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(22_219),
        shared: Memory::from_kib(11_521),
        each: Memory::from_kib(23_113),
    },
    versions: "Python 3.13.0, uvicorn 0.54.0, starlette 1.10.0",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI, Uvicorn.
pub const UVICORN_FASTAPI: Measured = Measured {
    name: "uvicorn-fastapi",
    title: "FastAPI, Uvicorn",
    counted: Counted::Worker,
    supervisor_from: 2,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(22_072),
        shared: Memory::from_kib(15_414),
        each: Memory::from_kib(33_913),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(21_884),
        shared: Memory::from_kib(15_280),
        each: Memory::from_kib(35_442),
    },
    versions: "Python 3.13.0, uvicorn 0.54.0, fastapi 0.163.2",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and SQLAlchemy, Uvicorn.
pub const UVICORN_FASTAPI_SQLALCHEMY: Measured = Measured {
    name: "uvicorn-fastapi-sqlalchemy",
    title: "FastAPI and SQLAlchemy, Uvicorn",
    counted: Counted::Worker,
    supervisor_from: 2,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(22_898),
        shared: Memory::from_kib(18_566),
        each: Memory::from_kib(59_356),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(22_823),
        shared: Memory::from_kib(18_680),
        each: Memory::from_kib(61_744),
    },
    versions: "Python 3.13.0, uvicorn 0.54.0, fastapi 0.163.2, sqlalchemy 2.1.9, psycopg 3.3.9",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and pandas, Uvicorn.
pub const UVICORN_FASTAPI_PANDAS: Measured = Measured {
    name: "uvicorn-fastapi-pandas",
    title: "FastAPI and pandas, Uvicorn",
    counted: Counted::Worker,
    supervisor_from: 2,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(22_501),
        shared: Memory::from_kib(30_351),
        each: Memory::from_kib(64_587),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(22_438),
        shared: Memory::from_kib(30_377),
        each: Memory::from_kib(70_369),
    },
    versions: "Python 3.13.0, uvicorn 0.54.0, fastapi 0.163.2, pandas 3.1.1, numpy 2.5.5",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and an array of 100 MiB, Uvicorn.
pub const UVICORN_FASTAPI_ARRAY: Measured = Measured {
    name: "uvicorn-fastapi-array",
    title: "FastAPI and an array of 100 MiB, Uvicorn",
    counted: Counted::Worker,
    supervisor_from: 2,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(22_251),
        shared: Memory::from_kib(22_443),
        each: Memory::from_kib(141_957),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(22_149),
        shared: Memory::from_kib(22_275),
        each: Memory::from_kib(143_347),
    },
    versions: "Python 3.13.0, uvicorn 0.54.0, fastapi 0.163.2, numpy 2.5.5",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and 100 MiB of objects, Uvicorn.
pub const UVICORN_FASTAPI_OBJECTS: Measured = Measured {
    name: "uvicorn-fastapi-objects",
    title: "FastAPI and 100 MiB of objects, Uvicorn",
    counted: Counted::Worker,
    supervisor_from: 2,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(22_376),
        shared: Memory::from_kib(15_004),
        each: Memory::from_kib(136_544),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(22_097),
        shared: Memory::from_kib(15_176),
        each: Memory::from_kib(137_540),
    },
    versions: "Python 3.13.0, uvicorn 0.54.0, fastapi 0.163.2",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI, `fastapi run`.
pub const FASTAPI_RUN: Measured = Measured {
    name: "fastapi-run",
    title: "FastAPI, `fastapi run`",
    counted: Counted::Worker,
    supervisor_from: 2,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(43_488),
        shared: Memory::from_kib(16_632),
        each: Memory::from_kib(38_767),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(43_448),
        shared: Memory::from_kib(16_431),
        each: Memory::from_kib(40_269),
    },
    versions: "Python 3.13.0, uvicorn 0.54.0, fastapi 0.163.2, fastapi-cli 0.0.34",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and SQLAlchemy, `fastapi run`.
pub const FASTAPI_RUN_SQLALCHEMY: Measured = Measured {
    name: "fastapi-run-sqlalchemy",
    title: "FastAPI and SQLAlchemy, `fastapi run`",
    counted: Counted::Worker,
    supervisor_from: 2,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(69_228),
        shared: Memory::from_kib(18_786),
        each: Memory::from_kib(64_186),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(68_943),
        shared: Memory::from_kib(18_468),
        each: Memory::from_kib(66_782),
    },
    versions: "Python 3.13.0, uvicorn 0.54.0, fastapi 0.163.2, sqlalchemy 2.1.9, psycopg 3.3.9, fastapi-cli 0.0.34",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI, Gunicorn.
pub const GUNICORN_FASTAPI: Measured = Measured {
    name: "gunicorn-fastapi",
    title: "FastAPI, Gunicorn",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(13_144),
        shared: Memory::from_kib(21_192),
        each: Memory::from_kib(26_214),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(13_265),
        shared: Memory::from_kib(21_101),
        each: Memory::from_kib(27_681),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, uvicorn 0.54.0, uvicorn-worker 0.4.0, fastapi 0.163.2",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI, Gunicorn `--preload`.
pub const GUNICORN_FASTAPI_PRELOAD: Measured = Measured {
    name: "gunicorn-fastapi-preload",
    title: "FastAPI, Gunicorn `--preload`",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms {
        supervisor: Memory::from_kib(15_247),
        shared: Memory::from_kib(34_631),
        each: Memory::from_kib(9_294),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(16_633),
        shared: Memory::from_kib(32_803),
        each: Memory::from_kib(13_019),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, uvicorn 0.54.0, uvicorn-worker 0.4.0, fastapi 0.163.2",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and SQLAlchemy, Gunicorn.
pub const GUNICORN_FASTAPI_SQLALCHEMY: Measured = Measured {
    name: "gunicorn-fastapi-sqlalchemy",
    title: "FastAPI and SQLAlchemy, Gunicorn",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(12_115),
        shared: Memory::from_kib(25_764),
        each: Memory::from_kib(52_012),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(12_232),
        shared: Memory::from_kib(25_424),
        each: Memory::from_kib(54_618),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, uvicorn 0.54.0, uvicorn-worker 0.4.0, fastapi 0.163.2, sqlalchemy 2.1.9, psycopg 3.3.9",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and SQLAlchemy, Gunicorn `--preload`.
pub const GUNICORN_FASTAPI_SQLALCHEMY_PRELOAD: Measured = Measured {
    name: "gunicorn-fastapi-sqlalchemy-preload",
    title: "FastAPI and SQLAlchemy, Gunicorn `--preload`",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms {
        supervisor: Memory::from_kib(17_623),
        shared: Memory::from_kib(61_250),
        each: Memory::from_kib(9_851),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(24_126),
        shared: Memory::from_kib(53_936),
        each: Memory::from_kib(21_130),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, uvicorn 0.54.0, uvicorn-worker 0.4.0, fastapi 0.163.2, sqlalchemy 2.1.9, psycopg 3.3.9",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and an array of 100 MiB, Gunicorn.
pub const GUNICORN_FASTAPI_ARRAY: Measured = Measured {
    name: "gunicorn-fastapi-array",
    title: "FastAPI and an array of 100 MiB, Gunicorn",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(13_138),
        shared: Memory::from_kib(27_691),
        each: Memory::from_kib(134_496),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(13_260),
        shared: Memory::from_kib(28_085),
        each: Memory::from_kib(135_786),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, uvicorn 0.54.0, uvicorn-worker 0.4.0, fastapi 0.163.2, numpy 2.5.5",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and an array of 100 MiB, Gunicorn `--preload`.
pub const GUNICORN_FASTAPI_ARRAY_PRELOAD: Measured = Measured {
    name: "gunicorn-fastapi-array-preload",
    title: "FastAPI and an array of 100 MiB, Gunicorn `--preload`",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms {
        supervisor: Memory::from_kib(21_476),
        shared: Memory::from_kib(143_294),
        each: Memory::from_kib(8_890),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(23_444),
        shared: Memory::from_kib(141_038),
        each: Memory::from_kib(15_069),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, uvicorn 0.54.0, uvicorn-worker 0.4.0, fastapi 0.163.2, numpy 2.5.5",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and 100 MiB of objects, Gunicorn.
pub const GUNICORN_FASTAPI_OBJECTS: Measured = Measured {
    name: "gunicorn-fastapi-objects",
    title: "FastAPI and 100 MiB of objects, Gunicorn",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(16_480),
        shared: Memory::from_kib(18_005),
        each: Memory::from_kib(132_327),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(16_582),
        shared: Memory::from_kib(18_057),
        each: Memory::from_kib(133_617),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, uvicorn 0.54.0, uvicorn-worker 0.4.0, fastapi 0.163.2",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// FastAPI and 100 MiB of objects, Gunicorn `--preload`.
pub const GUNICORN_FASTAPI_OBJECTS_PRELOAD: Measured = Measured {
    name: "gunicorn-fastapi-objects-preload",
    title: "FastAPI and 100 MiB of objects, Gunicorn `--preload`",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms {
        supervisor: Memory::from_kib(14_829),
        shared: Memory::from_kib(137_099),
        each: Memory::from_kib(9_428),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(76_807),
        shared: Memory::from_kib(75_739),
        each: Memory::from_kib(72_452),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, uvicorn 0.54.0, uvicorn-worker 0.4.0, fastapi 0.163.2",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Django, Gunicorn.
pub const GUNICORN_DJANGO: Measured = Measured {
    name: "gunicorn-django",
    title: "Django, Gunicorn",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(11_634),
        shared: Memory::from_kib(15_268),
        each: Memory::from_kib(35_571),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(11_924),
        shared: Memory::from_kib(15_136),
        each: Memory::from_kib(37_225),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, django 6.1.3, psycopg 3.3.9",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Django, Gunicorn `--preload`.
pub const GUNICORN_DJANGO_PRELOAD: Measured = Measured {
    name: "gunicorn-django-preload",
    title: "Django, Gunicorn `--preload`",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms {
        supervisor: Memory::from_kib(10_618),
        shared: Memory::from_kib(43_397),
        each: Memory::from_kib(2_949),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(20_630),
        shared: Memory::from_kib(32_825),
        each: Memory::from_kib(16_530),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, django 6.1.3, psycopg 3.3.9",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Flask, Gunicorn.
pub const GUNICORN_FLASK: Measured = Measured {
    name: "gunicorn-flask",
    title: "Flask, Gunicorn",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(12_442),
        shared: Memory::from_kib(13_030),
        each: Memory::from_kib(15_955),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(12_824),
        shared: Memory::from_kib(12_547),
        each: Memory::from_kib(17_130),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, flask 3.1.3",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Flask, Gunicorn `--preload`.
pub const GUNICORN_FLASK_PRELOAD: Measured = Measured {
    name: "gunicorn-flask-preload",
    title: "Flask, Gunicorn `--preload`",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms {
        supervisor: Memory::from_kib(12_713),
        shared: Memory::from_kib(23_504),
        each: Memory::from_kib(2_630),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(14_955),
        shared: Memory::from_kib(19_676),
        each: Memory::from_kib(7_696),
    },
    versions: "Python 3.13.0, gunicorn 27.0.1, flask 3.1.3",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Celery's prefork pool.
pub const CELERY: Measured = Measured {
    name: "celery",
    title: "Celery's prefork pool",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms {
        supervisor: Memory::from_kib(15_919),
        shared: Memory::from_kib(23_826),
        each: Memory::from_kib(24_968),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(16_775),
        shared: Memory::from_kib(23_484),
        each: Memory::from_kib(25_512),
    },
    versions: "Python 3.13.0, celery 5.7.0",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Celery's prefork pool and SQLAlchemy.
pub const CELERY_SQLALCHEMY: Measured = Measured {
    name: "celery-sqlalchemy",
    title: "Celery's prefork pool and SQLAlchemy",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms {
        supervisor: Memory::from_kib(20_181),
        shared: Memory::from_kib(29_869),
        each: Memory::from_kib(36_970),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(23_327),
        shared: Memory::from_kib(29_904),
        each: Memory::from_kib(38_701),
    },
    versions: "Python 3.13.0, celery 5.7.0, sqlalchemy 2.1.9, psycopg 3.3.9",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Celery's prefork pool and an array of 100 MiB.
pub const CELERY_ARRAY: Measured = Measured {
    name: "celery-array",
    title: "Celery's prefork pool and an array of 100 MiB",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms {
        supervisor: Memory::from_kib(21_425),
        shared: Memory::from_kib(130_402),
        each: Memory::from_kib(26_815),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(21_031),
        shared: Memory::from_kib(131_464),
        each: Memory::from_kib(27_129),
    },
    versions: "Python 3.13.0, celery 5.7.0, numpy 2.5.5",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Celery beat.
pub const CELERY_BEAT: Measured = Measured {
    name: "celery-beat",
    title: "Celery beat",
    counted: Counted::Worker,
    supervisor_from: 0,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(0), each: Memory::from_kib(52_356) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(0),
        each: Memory::from_kib(52_465),
    },
    versions: "Python 3.13.0, celery 5.7.0",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// RQ, which forks for every job.
pub const RQ: Measured = Measured {
    name: "rq",
    title: "RQ, which forks for every job",
    counted: Counted::Worker,
    supervisor_from: 0,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(0), each: Memory::from_kib(35_638) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(0),
        each: Memory::from_kib(41_463),
    },
    versions: "Python 3.13.0, rq 3.0.0",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// ARQ.
pub const ARQ: Measured = Measured {
    name: "arq",
    title: "ARQ",
    counted: Counted::Worker,
    supervisor_from: 0,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(0), each: Memory::from_kib(28_061) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(0),
        each: Memory::from_kib(28_645),
    },
    versions: "Python 3.13.0, arq 0.28.0",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Node's own server.
pub const NODE_HTTP: Measured = Measured {
    name: "node-http",
    title: "Node's own server",
    counted: Counted::Worker,
    supervisor_from: 0,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(0), each: Memory::from_kib(40_633) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(0),
        each: Memory::from_kib(48_676),
    },
    versions: "Node 20.20.2",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Express.
pub const NODE_EXPRESS: Measured = Measured {
    name: "node-express",
    title: "Express",
    counted: Counted::Worker,
    supervisor_from: 0,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(0), each: Memory::from_kib(52_978) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(0),
        each: Memory::from_kib(61_747),
    },
    versions: "Node 20.20.2, express 5.3.0",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Express, Node's cluster.
pub const NODE_EXPRESS_CLUSTER: Measured = Measured {
    name: "node-express-cluster",
    title: "Express, Node's cluster",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms {
        supervisor: Memory::from_kib(14_659),
        shared: Memory::from_kib(39_233),
        each: Memory::from_kib(15_054),
    },
    with_traffic: Terms {
        supervisor: Memory::from_kib(15_554),
        shared: Memory::from_kib(37_166),
        each: Memory::from_kib(23_137),
    },
    versions: "Node 20.20.2, express 5.3.0",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Go's own server.
pub const GO_HTTP: Measured = Measured {
    name: "go-http",
    title: "Go's own server",
    counted: Counted::Worker,
    supervisor_from: 0,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(0), each: Memory::from_kib(5_897) },
    with_traffic: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(0), each: Memory::from_kib(8_277) },
    versions: "Go 1.27.3",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// PostgreSQL.
pub const POSTGRES: Measured = Measured {
    name: "postgres",
    title: "PostgreSQL",
    counted: Counted::Connection,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(29_476), each: Memory::from_kib(0) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(35_734),
        each: Memory::from_kib(1_323),
    },
    versions: "PostgreSQL 15.18",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// MariaDB.
pub const MARIADB: Measured = Measured {
    name: "mariadb",
    title: "MariaDB",
    counted: Counted::Connection,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(98_610), each: Memory::from_kib(0) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(99_991),
        each: Memory::from_kib(234),
    },
    versions: "MariaDB 10.11.19",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Redis.
pub const REDIS: Measured = Measured {
    name: "redis",
    title: "Redis",
    counted: Counted::Connection,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(9_761), each: Memory::from_kib(0) },
    with_traffic: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(9_982), each: Memory::from_kib(9) },
    versions: "Redis 7.0.15",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Memcached.
pub const MEMCACHED: Measured = Measured {
    name: "memcached",
    title: "Memcached",
    counted: Counted::Connection,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(3_104), each: Memory::from_kib(0) },
    with_traffic: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(4_357), each: Memory::from_kib(1) },
    versions: "Memcached 1.6.18",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// RabbitMQ.
pub const RABBITMQ: Measured = Measured {
    name: "rabbitmq",
    title: "RabbitMQ",
    counted: Counted::Connection,
    supervisor_from: 1,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(96_208), each: Memory::from_kib(0) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(95_539),
        each: Memory::from_kib(143),
    },
    versions: "RabbitMQ 3.10.8",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// nginx, as a reverse proxy.
pub const NGINX: Measured = Measured {
    name: "nginx",
    title: "nginx, as a reverse proxy",
    counted: Counted::Worker,
    supervisor_from: 1,
    shares_until_written: true,
    at_start: Terms { supervisor: Memory::from_kib(806), shared: Memory::from_kib(3_216), each: Memory::from_kib(459) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(429),
        shared: Memory::from_kib(3_573),
        each: Memory::from_kib(531),
    },
    versions: "nginx 1.22.1",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Caddy, as a reverse proxy.
pub const CADDY: Measured = Measured {
    name: "caddy",
    title: "Caddy, as a reverse proxy",
    counted: Counted::Worker,
    supervisor_from: 0,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(0), each: Memory::from_kib(46_197) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(0),
        each: Memory::from_kib(48_561),
    },
    versions: "Caddy 2.11.7",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};

/// Traefik, as a reverse proxy.
pub const TRAEFIK: Measured = Measured {
    name: "traefik",
    title: "Traefik, as a reverse proxy",
    counted: Counted::Worker,
    supervisor_from: 0,
    shares_until_written: false,
    at_start: Terms { supervisor: Memory::from_kib(0), shared: Memory::from_kib(0), each: Memory::from_kib(90_945) },
    with_traffic: Terms {
        supervisor: Memory::from_kib(0),
        shared: Memory::from_kib(0),
        each: Memory::from_kib(95_109),
    },
    versions: "Traefik 3.7.15",
    system: "Debian GNU/Linux 12, Linux 6.18.44, glibc 2.36, x86_64, 2 processors",
    date: "2026-11-23",
};
