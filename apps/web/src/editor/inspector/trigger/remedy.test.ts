import { describe, expect, it } from 'vitest';
import { remedyOf } from './remedy.ts';

describe('what to do where a service does not take our address', () => {
  it.each([
    'http://mill.example.com',
    'https://localhost:4400',
    'https://mill',
    'https://10.1.2.3',
    'https://mill.internal',
    'https://[::1]',
    'nonsense',
  ])('another address: %s cannot be reached over the internet', (address) => expect(remedyOf('http_status_422', address)).toBe('address'));

  it('the account’s rights, where the service says that it may not, whatever the address is', () => {
    expect(remedyOf('http_status_403', 'http://localhost:4400')).toBe('rights');
    expect(remedyOf('http_status_404', 'https://mill.example.com')).toBe('rights');
  });

  it('tell it again, where nothing of ours is wrong', () => {
    expect(remedyOf('http_status_422', 'https://mill.example.com')).toBe('again');
    expect(remedyOf('permanent', 'https://172.32.0.1')).toBe('again');
  });
});
