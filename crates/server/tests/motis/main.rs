//! The API of MOTIS, asked without a socket, and once by its own client.

mod asked;
mod client;
mod hostile;
mod paging;
mod saved;
mod usual_reach;
