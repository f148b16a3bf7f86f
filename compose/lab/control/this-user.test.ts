import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { thisUser } from './this-user.ts';

it('is who runs this', () => {
  expect(thisUser()).toEqual(userInfo());
});

it('of whom the user database knows nothing is told so in one line', () => {
  const look = () => {
    throw new Error('uv_os_get_passwd returned ENOENT');
  };
  expect(() => thisUser(look)).toThrow(expect.objectContaining({ code: 'user-unknown', exitCode: 69 }));
});
