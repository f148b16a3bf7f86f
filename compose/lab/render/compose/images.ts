/** Not a component of the native lab, so of no table but this one: only its image is to be had. May carry `@sha256:…`, as those may. */
export const grafanaImage = 'grafana/grafana:12.1.1';
