//! Playback: play, pause and move through time, by mouse and keyboard.

use super::state::Timeline;
use crate::app::icons;
use crate::app::media;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use plimsoll::plan::simulate::Entry;
use plimsoll::view::timeline::{clock, sentence};

/// The longest frame of playback, in milliseconds of real time: a page in the background stands still.
const LONGEST_FRAME: f64 = 250.0;

/// The button, the slider, the time and the pace.
#[component]
pub fn Player(timeline: Timeline) -> impl IntoView {
    let is_calm = prefers_reduced_motion();
    let until = Memo::new(move |_| timeline.until());
    let button = move || {
        if is_calm.get() {
            view! {
                <button type="button" class="button small" on:click=move |_| timeline.next_event()>
                    {icons::next()}
                    "Next event"
                </button>
            }
            .into_any()
        } else {
            let is_playing = timeline.is_playing;
            view! {
                <button
                    type="button"
                    class="button small icon-button"
                    aria-label=move || if is_playing.get() { "Pause" } else { "Play" }
                    on:click=move |_| timeline.toggle()
                >
                    {move || if is_playing.get() { icons::pause().into_any() } else { icons::play().into_any() }}
                </button>
            }
            .into_any()
        }
    };
    let now = move || clock::time(timeline.time.get());
    let spoken = move || time_of(&now(), &clock::time(until.get()), timeline.current().as_ref());
    view! {
        <div class="player">
            {button}
            <input
                type="range"
                class="scrubber"
                aria-label="Time"
                min="0"
                max=move || until.get().to_string()
                step="1"
                prop:value=move || timeline.time.get().to_string()
                aria-valuetext=spoken
                style:--played=move || share(timeline.time.get(), until.get())
                on:input=move |event| {
                    if let Ok(time) = event_target_value(&event).parse() {
                        timeline.go(time);
                    }
                }
                on:keydown=move |event| timeline.key(&event, is_calm.get_untracked())
            />
            <p class="clock">
                <strong>{now}</strong>
                {move || format!(" / {}", clock::time(until.get()))}
            </p>
            <p class="pace">
                {move || if is_calm.get() { String::new() } else { clock::pace_label(clock::pace(until.get())) }}
            </p>
        </div>
    }
}

impl Timeline {
    /// Plays or pauses; at the end, plays from the start.
    pub fn toggle(self) {
        let plays = !self.is_playing.get_untracked();
        self.is_playing.set(plays);
        if plays {
            if self.time.get_untracked() >= self.until() {
                self.time.set(0);
            }
            self.play_on(milliseconds());
        }
    }

    /// Continues with the next frame; `last` is the time of the frame before.
    fn play_on(self, last: f64) {
        request_animation_frame(move || {
            if !self.is_playing.try_get_untracked().unwrap_or(false) {
                return;
            }
            let now = milliseconds();
            let until = self.until();
            let passed = whole((now - last).clamp(0.0, LONGEST_FRAME)).saturating_mul(clock::pace(until));
            let time = self.time.get_untracked().saturating_add(passed).min(until);
            self.time.set(time);
            if time < until {
                self.play_on(now);
            } else {
                self.is_playing.set(false);
            }
        });
    }

    /// Handles a key: arrows move a step, Page Up and Page Down ten, Home and End to the ends, Space plays.
    pub fn key(self, event: &KeyboardEvent, is_calm: bool) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let (time, until) = (self.time.get_untracked(), self.until());
        let step = clock::step(until);
        // Steps lead to round times.
        let on = |steps: u64| (time / step + steps).saturating_mul(step).min(until);
        let back = |steps: u64| time.div_ceil(step).saturating_sub(steps).saturating_mul(step);
        match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => self.go(on(1)),
            "ArrowLeft" | "ArrowDown" => self.go(back(1)),
            "PageUp" => self.go(on(10)),
            "PageDown" => self.go(back(10)),
            "Home" => self.go(0),
            "End" => self.go(until),
            " " if is_calm => self.next_event(),
            " " => self.toggle(),
            _ => return,
        }
        event.prevent_default();
    }
}

/// Whether the person prefers reduced motion.
pub fn prefers_reduced_motion() -> Signal<bool> {
    media::matches("(prefers-reduced-motion: reduce)")
}

fn share(time: u64, until: u64) -> String {
    let thousandths = u128::from(time) * 100_000 / u128::from(until.max(1));
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}

fn milliseconds() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of a second")]
fn whole(millis: f64) -> u64 {
    millis.round() as u64
}

/// The present time and the event there, in words.
fn time_of(now: &str, until: &str, event: Option<&Entry>) -> String {
    let event = event.map(|event| format!(", {}", sentence(event))).unwrap_or_default();
    format!("{now} of {until}{event}")
}
