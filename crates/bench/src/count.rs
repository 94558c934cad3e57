//! An allocator that counts, once it is told to.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

static COUNTING: AtomicBool = AtomicBool::new(false);
static CALLS: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// What [`watch`] looks for in memory that is given back. It is not put into memory as a whole but by whoever is watched.
pub(crate) const CANARY: &[u8] = b"canary-of-the-bench";

static WATCHING: AtomicBool = AtomicBool::new(false);
static FOUND: AtomicUsize = AtomicUsize::new(0);

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn grown(bytes: usize) {
    CALLS.fetch_add(1, Relaxed);
    let live = LIVE.fetch_add(bytes, Relaxed).wrapping_add(bytes);
    // Freed memory of before the start makes the count wrap below zero; that is no peak.
    if live.cast_signed() > 0 {
        PEAK.fetch_max(live, Relaxed);
    }
}

/// Looks at a block before it is given back.
///
/// # Safety
/// The block must be a live one of this length.
#[allow(unsafe_code)]
unsafe fn inspect(pointer: *const u8, length: usize) {
    if WATCHING.load(Relaxed) {
        // SAFETY: the caller's. Bytes that nobody has written yet are whatever they are.
        let block = unsafe { std::slice::from_raw_parts(pointer, length) };
        FOUND.fetch_add(usize::from(block.windows(CANARY.len()).any(|window| window == CANARY)), Relaxed);
    }
}

// SAFETY: every method hands its arguments to the system's allocator and returns what that returns.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if COUNTING.load(Relaxed) {
            grown(layout.size());
        }
        // What was in a block before must not be taken for what was put into it.
        if WATCHING.load(Relaxed) {
            return unsafe { System.alloc_zeroed(layout) };
        }
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if COUNTING.load(Relaxed) {
            grown(layout.size());
        }
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if COUNTING.load(Relaxed) {
            LIVE.fetch_sub(layout.size(), Relaxed);
        }
        unsafe { inspect(pointer, layout.size()) };
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if COUNTING.load(Relaxed) {
            // Both blocks may exist for a moment, but a large one is moved by remapping its pages.
            LIVE.fetch_sub(layout.size(), Relaxed);
            grown(size);
        }
        if WATCHING.load(Relaxed) {
            unsafe {
                let moved = System.alloc_zeroed(Layout::from_size_align_unchecked(size, layout.align()));
                if !moved.is_null() {
                    moved.copy_from_nonoverlapping(pointer, layout.size().min(size));
                    inspect(pointer, layout.size());
                    System.dealloc(pointer, layout);
                }
                return moved;
            }
        }
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// What was allocated since [`start`].
pub(crate) struct Counted {
    /// How often memory was asked for, `realloc` included.
    pub(crate) allocations: usize,
    /// By how much memory grew at most.
    pub(crate) peak: usize,
}

/// Starts to count, from zero.
pub(crate) fn start() {
    for counter in [&CALLS, &LIVE, &PEAK] {
        counter.store(0, Relaxed);
    }
    COUNTING.store(true, Relaxed);
}

/// Stops counting.
pub(crate) fn stop() -> Counted {
    COUNTING.store(false, Relaxed);
    Counted { allocations: CALLS.load(Relaxed), peak: PEAK.load(Relaxed) }
}

/// How many blocks with the canary in them are given back while this runs.
pub(crate) fn watch(run: impl FnOnce()) -> usize {
    FOUND.store(0, Relaxed);
    WATCHING.store(true, Relaxed);
    run();
    WATCHING.store(false, Relaxed);
    FOUND.load(Relaxed)
}
