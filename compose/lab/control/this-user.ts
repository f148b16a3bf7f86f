import { type UserInfo, userInfo } from 'node:os';
import { FiredrillError } from '@firedrill/errors';

/**
 * Who runs this, by the user database.
 * @throws {FiredrillError} `user-unknown` for a uid without an entry, as many containers have: PostgreSQL refuses to start there.
 */
export function thisUser(look: () => UserInfo<string> = userInfo): UserInfo<string> {
  try {
    return look();
  } catch (cause) {
    throw new FiredrillError('user-unknown', 'the user database does not know this user', {
      where: `uid ${process.getuid?.() ?? '?'}`,
      fix: 'add an entry for it to /etc/passwd, or run as a user that has one; PostgreSQL starts for no other',
      cause,
    });
  }
}
