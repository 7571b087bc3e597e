//! Against answers we did not write.
mod reference_task_shift;
